import type { Link, Room } from '../api/client.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { ListCard } from '../ui/list-card.tsx'
import { LinkRow } from './link-row.tsx'
import { NewLinkDialog } from './new-link-dialog.tsx'

interface LinkTableProps {
  room: Room
  links: readonly Link[]
  making: boolean
  onMaking: (making: boolean) => void
  onMore: (() => void) | undefined
  onChanged: () => Promise<void>
}

/** The room's links: who each is for, what it allows, until when, and whether it is in use. */
export function LinkTable({ room, links, making, onMaking, onMore, onChanged }: LinkTableProps) {
  const c = t.links.columns
  return (
    <ListCard
      title={t.links.title}
      items={links}
      columns={[c.label, c.role, c.pin, c.until, c.devices, c.state]}
      none={t.links.none}
      action={
        may('links:write') && (
          <Button icon="plus" onClick={() => onMaking(true)}>
            {t.links.new} <kbd>C</kbd>
          </Button>
        )
      }
      row={link => <LinkRow key={link.id} room={room} link={link} onChanged={onChanged} />}
      onMore={onMore}
    >
      {making && <NewLinkDialog room={room} onClose={() => onMaking(false)} onMade={onChanged} />}
    </ListCard>
  )
}
