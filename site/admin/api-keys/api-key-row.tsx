import { useState } from 'preact/hooks'
import type { ApiKey } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Status } from '../ui/glyph.tsx'
import { Menu } from '../ui/menu.tsx'
import { givable } from './key-draft.ts'

/** One API key. A revoked one stays in the list, for whoever looks for what used it. */
export function ApiKeyRow({ apiKey, onChanged }: { apiKey: ApiKey; onChanged: () => Promise<void> }) {
  const [revoking, setRevoking] = useState(false)
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
        <span class="sub">{g.made(when(apiKey.createdAt), apiKey.createdBy?.name ?? null)}</span>
      </td>
      <td data-l={c.until}>{apiKey.expiresAt === null ? g.noEnd : when(apiKey.expiresAt)}</td>
      <td data-l={c.used}>
        {apiKey.lastUsedAt === null ? g.neverUsed : when(apiKey.lastUsedAt)}
        {apiKey.lastAddress !== null && <span class="sub">{apiKey.lastAddress}</span>}
      </td>
      <td class="state">
        <Status is={apiKey.state === 'active' ? 'good' : 'ended'}>{g.states[apiKey.state]}</Status>
      </td>
      <td class="menu">
        {apiKey.state !== 'revoked' && (
          <div class="row">
            <Menu
              label={t.actionsFor(apiKey.name)}
              items={[{ word: g.revokeWord, act: () => setRevoking(true) }]}
            />
          </div>
        )}
        {revoking && (
          <ConfirmDialog
            title={g.revokeTitle(apiKey.name)}
            says={[g.revokeSay]}
            word={g.revoke}
            onClose={() => setRevoking(false)}
            act={async () => {
              await api.revokeApiKey(apiKey.id)
              announce(g.revoked(apiKey.name))
              void onChanged()
            }}
          />
        )}
      </td>
    </tr>
  )
}
