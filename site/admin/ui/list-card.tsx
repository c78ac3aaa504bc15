import type { ComponentChildren } from 'preact'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { RowsTable } from './rows-table.tsx'

interface ListCardProps<T> {
  title: string
  items: readonly T[]
  columns: readonly string[]
  /** What is said where there are none. */
  none: string
  /** Beside the title. */
  action?: ComponentChildren
  row: (item: T) => ComponentChildren
  /** Reads on; undefined when these are all. */
  onMore: (() => void) | undefined
  /** The dialogs that the list opens. */
  children?: ComponentChildren
}

/** A card with all that there is of something, a page after the other. */
export function ListCard<T>(props: ListCardProps<T>) {
  const { title, items, columns, none, action, row, onMore, children } = props
  return (
    <section class="card">
      <header>
        <h2>
          {title} <span class="count">{onMore ? t.links.many(items.length) : items.length}</span>
        </h2>
        {action}
      </header>
      {items.length === 0 ? (
        <div class="pad">
          <p class="soft small">{none}</p>
        </div>
      ) : (
        <RowsTable columns={columns}>{items.map(row)}</RowsTable>
      )}
      {onMore && (
        <footer>
          <Button kind="ghost" onClick={onMore}>
            {t.showMore}
          </Button>
        </footer>
      )}
      {children}
    </section>
  )
}
