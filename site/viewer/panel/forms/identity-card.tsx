import type { ToClient } from '../../../../worker/live/protocol.ts'
import { t as page } from '../../text.ts'
import { sayWhen } from '../../when.ts'
import { panel } from '../text.ts'
import { PanelForm } from './panel-form.tsx'

const t = panel.forms.identity

interface IdentityCardProps {
  identity: Extract<ToClient, { type: 'identity' }>
  /** The server's clock, in ms. */
  now: number
  close(): void
}

/** What the server knows of somebody, for the host who asked. */
export function IdentityCard({ identity, now, close }: IdentityCardProps) {
  const { person, address, userAgent, link, joinedAt } = identity
  return (
    <PanelForm title={t.title(person.name)} says={t.told} send={null} close={close}>
      <dl class="kv">
        <dt>{t.address}</dt>
        <dd class="mono">{address ?? t.unknown}</dd>
        <dt>{t.browser}</dt>
        <dd>{userAgent ?? t.unknown}</dd>
        <dt>{t.link}</dt>
        <dd>{link.label}</dd>
        <dt>{t.joined}</dt>
        <dd class="num">{sayWhen(Date.parse(joinedAt), now, page.times)}</dd>
      </dl>
    </PanelForm>
  )
}
