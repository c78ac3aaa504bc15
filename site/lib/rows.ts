/**
 * Keys in a list of rows: arrows go from row to row, Shift+F10 or the menu key opens the row's menu. A row is an
 * element with `data-row`; inside it `data-row-focus` (else the menu's button, `.more`) takes the focus.
 */
export function onRowKey(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
  if (!row) return
  if ((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu') {
    const more = row.querySelector<HTMLElement>('.more')
    if (!more) return
    event.preventDefault()
    if (more.getAttribute('aria-expanded') !== 'true') more.click()
    return
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
  const to = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!to) return
  event.preventDefault()
  const target = to.querySelector<HTMLElement>('[data-row-focus]') ?? to.querySelector<HTMLElement>('.more')
  target?.focus()
}
