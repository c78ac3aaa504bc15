import { Menu } from '../../lib/menu.tsx'
import type { ApiKey } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { Address } from '../ui/address.tsx'
import { Status } from '../ui/glyph.tsx'
import { givable } from './key-draft.ts'

/** One API key. A revoked one stays in the list, for whoever looks for what used it. */
export function ApiKeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const g = t.settings.apiKeys
  const c = g.columns
  const when = (iso: string) => sayWhen(Date.parse(iso), here())
  return (
    <tr data-row>
      <td>
        <b class="strong">{apiKey.name}</b>
        <span class="sub">
          {givable(apiKey.rights)
            .map(right => g.rights[right].word)
            .join(', ')}
        </span>
        <span class="sub">{g.made(when(apiKey.createdAt), makerOf(apiKey))}</span>
      </td>
      <td data-l={c.until}>{apiKey.expiresAt === null ? g.noEnd : when(apiKey.expiresAt)}</td>
      <td data-l={c.used}>
        {apiKey.lastUsedAt === null ? g.neverUsed : when(apiKey.lastUsedAt)}
        {apiKey.lastAddress !== null && (
          <span class="sub">
            <Address is={apiKey.lastAddress} />
          </span>
        )}
      </td>
      <td class="state">
        <Status is={apiKey.state === 'active' ? 'good' : 'ended'}>{g.states[apiKey.state]}</Status>
      </td>
      <td class="menu">
        {apiKey.state !== 'revoked' && (
          <div class="row">
            <Menu label={t.actionsFor(apiKey.name)} items={[{ word: g.revokeWord, act: onRevoke }]} />
          </div>
        )}
      </td>
    </tr>
  )
}

/** Who made it; null when they are gone, with their name. */
const makerOf = ({ createdBy }: ApiKey): string | null =>
  createdBy === null ? t.nav.machine : createdBy.name || null
