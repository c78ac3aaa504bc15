import { onRowKey } from '../../lib/rows.ts'
import type { Link, Room } from '../api/client.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
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
    <section class="card">
      <header>
        <h2>
          {t.links.title} <span class="count">{onMore ? t.links.many(links.length) : links.length}</span>
        </h2>
        {may('links:write') && (
          <Button icon="plus" onClick={() => onMaking(true)}>
            {t.links.new} <kbd>C</kbd>
          </Button>
        )}
      </header>
      {links.length === 0 ? (
        <div class="pad">
          <p class="soft small">{t.links.none}</p>
        </div>
      ) : (
        <div class="scrollx">
          <table class="stack" onKeyDown={onRowKey}>
            <thead>
              <tr>
                <th>{c.label}</th>
                <th>{c.role}</th>
                <th>{c.pin}</th>
                <th>{c.until}</th>
                <th>{c.devices}</th>
                <th>{c.state}</th>
                <th>
                  <span class="sr">{t.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {links.map(link => (
                <LinkRow key={link.id} room={room} link={link} onChanged={onChanged} />
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
      {making && <NewLinkDialog room={room} onClose={() => onMaking(false)} onMade={onChanged} />}
    </section>
  )
}
