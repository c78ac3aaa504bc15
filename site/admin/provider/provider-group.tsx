import { useState } from 'preact/hooks'
import type { ProviderSettings } from '../api/client.ts'
import { useLoaded } from '../api/use-loaded.ts'
import { api } from '../session.ts'
import { SettingsGroup } from '../settings/settings-group.tsx'
import { t } from '../text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { ProviderForm } from './provider-form.tsx'

/** The sign-in provider (OpenID Connect): which one, and whom of its people this server lets in. */
export function ProviderGroup() {
  const provider = useLoaded(api.provider)
  const [setting, setSetting] = useState(false)
  const [saved, setSaved] = useState(false)
  const g = t.settings.provider
  return (
    <SettingsGroup title={g.title} says={g.says} from={provider} notLoaded={g.notLoaded}>
      {({ value: settings, etag }) =>
        settings.source === 'environment' ? (
          <ProviderFacts settings={settings} />
        ) : settings.source === 'none' && !setting ? (
          <>
            <p class="soft small">{g.none}</p>
            <div>
              <Button icon="plus" onClick={() => setSetting(true)}>
                {g.setUp}
              </Button>
            </div>
          </>
        ) : (
          <>
            <CopyField label={g.callback} value={settings.redirectUri} />
            <ProviderForm
              // What was saved, here or elsewhere, is a new form.
              key={settings.updatedAt}
              settings={settings}
              etag={etag}
              saved={saved}
              onEdit={() => setSaved(false)}
              onReload={provider.load}
              onSaved={() => {
                setSaved(true)
                void provider.load()
              }}
              onGone={() => {
                setSetting(false)
                setSaved(false)
                void provider.load()
              }}
            />
          </>
        )
      }
    </SettingsGroup>
  )
}

/** What the environment says is read here and changed there. */
function ProviderFacts({ settings }: { settings: ProviderSettings }) {
  const g = t.settings.provider
  return (
    <>
      <Banner is="info">{g.fromEnvironment}</Banner>
      <dl class="kv">
        <dt>{g.fields.name}</dt>
        <dd>{settings.name}</dd>
        <dt>{g.fields.issuer}</dt>
        <dd class="mono">{settings.issuer}</dd>
        <dt>{g.fields.clientId}</dt>
        <dd class="mono">{settings.clientId}</dd>
        <dt>{g.fields.clientSecret}</dt>
        <dd>{settings.secret ? g.secretSet : g.secretNone}</dd>
        <dt>{g.fields.scope}</dt>
        <dd class="mono">{settings.scope}</dd>
        <dt>{g.fields.groupsClaim}</dt>
        <dd class="mono">{settings.groupsClaim}</dd>
        <dt>{g.callback}</dt>
        <dd class="mono">{settings.redirectUri}</dd>
        <dt>{g.allow}</dt>
        <dd>
          {settings.allow.length === 0
            ? g.admitsNobody
            : settings.allow.map(rule => (
                <div key={`${rule.kind} ${rule.value}`}>
                  {g.rule(g.kinds[rule.kind], rule.value, t.roles[rule.role])}
                </div>
              ))}
        </dd>
      </dl>
    </>
  )
}
