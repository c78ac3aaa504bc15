import { Menu } from '../../lib/menu.tsx'
import type { User } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { Glyph } from '../ui/glyph.tsx'
import { type UserAction, userActions, type Viewer } from './user-actions.ts'
import { userSeen, userState } from './user-words.ts'

interface UserRowProps {
  user: User
  viewer: Viewer
  onAct: (user: User, which: UserAction) => void
}

/** One user and what can be done with them. */
export function UserRow({ user, viewer, onAct }: UserRowProps) {
  const now = here()
  const state = userState(user, now)
  const c = t.users.columns
  const mine = user.id === viewer.user?.id
  const items = userActions(user, viewer).map(action => ({
    word: t.users.actions[action],
    act: () => onAct(user, action),
  }))
  return (
    <tr data-row>
      <td>
        <b class="strong">{user.name}</b> {mine && <span class="tag">{t.users.you}</span>}
        {user.email && <span class="sub">{user.email}</span>}
      </td>
      <td data-l={c.role}>{t.users.roles[user.role].word}</td>
      <td data-l={c.passkeys}>
        {user.passkeys}
        {user.oidc && <span class="sub">{t.users.singleSignOn}</span>}
      </td>
      <td data-l={c.seen}>{userSeen(user, now)}</td>
      <td class="state">
        <span class={['good', 'fair'].includes(state.glyph) ? `status ${state.glyph}` : 'status'}>
          <Glyph is={state.glyph} />
          {state.word}
        </span>
        {state.sub && <span class="sub">{state.sub}</span>}
      </td>
      <td class="menu">
        {items.length > 0 && (
          <div class="row">
            <Menu label={t.actionsFor(user.name)} items={items} />
          </div>
        )}
      </td>
    </tr>
  )
}
