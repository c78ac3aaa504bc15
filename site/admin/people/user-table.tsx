import type { User } from '../api/client.ts'
import { t } from '../text.ts'
import { ListCard } from '../ui/list-card.tsx'
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
    <ListCard
      title={t.users.title}
      items={users}
      columns={[c.name, c.role, c.passkeys, c.seen, c.state]}
      none={t.users.none}
      row={user => <UserRow key={user.id} user={user} viewer={viewer} onAct={onAct} />}
      onMore={onMore}
    />
  )
}
