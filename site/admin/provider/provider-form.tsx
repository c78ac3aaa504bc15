import { useState } from 'preact/hooks'
import type { ProviderSettings } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { Glyph, Status } from '../ui/glyph.tsx'
import { AllowList } from './allow-list.tsx'
import { type ProviderDraft, providerBody, providerDraft, providerFaults } from './provider-draft.ts'

interface ProviderFormProps {
  settings: ProviderSettings
  etag: string | null
  /** What is shown was saved just now. */
  saved: boolean
  onEdit: () => void
  onSaved: () => void
  /** Reads again what is set: somebody else changed it. */
  onReload: () => Promise<void>
  /** It was removed, or not set up after all. */
  onGone: () => void
}

/** Sets the sign-in provider up, or changes it. Its secret can be written and never read. */
export function ProviderForm({
  settings,
  etag,
  saved,
  onEdit,
  onSaved,
  onReload,
  onGone,
}: ProviderFormProps) {
  const [draft, setDraft] = useState(() => providerDraft(settings))
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const [removing, setRemoving] = useState(false)
  const g = t.settings.provider
  const f = g.fields

  async function save() {
    if (busy) return
    const found = providerFaults(draft, settings)
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      await api.saveProvider(providerBody(draft, settings), etag)
      announce(g.saved)
      onSaved()
    } catch (e) {
      const refused = asFailure(e)
      setFaults(faultsOf(refused.fields))
      setFailure(refused.fields.length > 0 ? null : refused)
      focusFault()
    }
    setBusy(false)
  }

  const set = (change: Partial<ProviderDraft>) => {
    setDraft({ ...draft, ...change })
    setFaults({})
    onEdit()
  }
  const field = (name: Exclude<keyof ProviderDraft, 'allow'>) => ({
    label: f[name],
    value: draft[name],
    onValue: (value: string) => set({ [name]: value }),
    fault: faults[name],
  })
  return (
    <form
      class="form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField {...field('name')} hint={g.nameHint} maxLength={40} />
      <TextField {...field('issuer')} hint={g.issuerHint} placeholder="https://" mono />
      <div class="two">
        <TextField {...field('clientId')} mono />
        <TextField
          {...field('clientSecret')}
          type="password"
          hint={settings.secret ? g.secretKept : g.secretHint}
          mono
        />
        <TextField {...field('scope')} hint={g.scopeHint} mono />
        <TextField {...field('groupsClaim')} hint={g.groupsHint} mono />
      </div>
      <AllowList allow={draft.allow} faults={faults} onAllow={allow => set({ allow })} />
      {failure?.code === 'changed_meanwhile' ? (
        <>
          <p class="refusal" role="alert">
            <Glyph is="poor" />
            <span>{g.changed}</span>
          </p>
          <div>
            <Button onClick={() => void onReload()}>{g.reload}</Button>
          </div>
        </>
      ) : (
        <FailureNote failure={failure} />
      )}
      <div class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {t.save}
        </Button>
        {settings.source === 'owner' ? (
          <Button kind="ghost" onClick={() => setRemoving(true)}>
            {g.removeWord}
          </Button>
        ) : (
          <Button kind="ghost" onClick={onGone}>
            {t.cancel}
          </Button>
        )}
        {saved && <Status is="good">{g.saved}</Status>}
      </div>
      {removing && (
        <ConfirmDialog
          title={g.removeTitle(settings.name ?? '')}
          says={[g.removeSay, g.removeKeep]}
          word={g.remove}
          onClose={() => setRemoving(false)}
          act={async () => {
            await api.removeProvider(etag)
            announce(g.removed)
            onGone()
          }}
        />
      )}
    </form>
  )
}
