import type { ComponentChildren } from 'preact'
import { onRowKey } from '../../lib/rows.ts'
import { t } from '../text.ts'

interface RowsTableProps {
  columns: readonly string[]
  /** Which of them stands at the right. */
  right?: string
  /** The rows, each with a last cell for what can be done with it. */
  children: ComponentChildren
}

/** A table of rows with a menu each, gone through with arrows; stacked on a narrow page. */
export function RowsTable({ columns, right, children }: RowsTableProps) {
  return (
    <div class="scrollx">
      <table class="stack" onKeyDown={onRowKey}>
        <thead>
          <tr>
            {columns.map(word => (
              <th key={word} class={word === right ? 'right' : undefined}>
                {word}
              </th>
            ))}
            <th>
              <span class="sr">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
