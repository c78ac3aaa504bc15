import { onRowKey } from '../../lib/rows.ts'
import type { User } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import type { UserAction, Viewer } from './user-actions.ts'
import { UserRow } from './user-row.tsx'

interface UserTableProps {
  users: readonly User[]
  viewer: Viewer
  onMore: (() => void) | undefined
  onAct: (user: User, which: UserAction) => void
}

/** Who can sign in, as what, and whether they are here. */
export function UserTable({ users, viewer, onMore, onAct }: UserTableProps) {
  const c = t.users.columns
  return (
    <section class="card">
      <header>
        <h2>
          {t.users.title} <span class="count">{onMore ? t.links.many(users.length) : users.length}</span>
        </h2>
      </header>
      {users.length === 0 ? (
        <div class="pad">
          <p class="soft small">{t.users.none}</p>
        </div>
      ) : (
        <div class="scrollx">
          <table class="stack" onKeyDown={onRowKey}>
            <thead>
              <tr>
                <th>{c.name}</th>
                <th>{c.role}</th>
                <th>{c.passkeys}</th>
                <th>{c.seen}</th>
                <th>{c.state}</th>
                <th>
                  <span class="sr">{t.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.map(user => (
                <UserRow key={user.id} user={user} viewer={viewer} onAct={onAct} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {onMore && (
        <footer>
          <Button kind="ghost" onClick={onMore}>
            {t.showMore}
          </Button>
        </footer>
      )}
    </section>
  )
}
