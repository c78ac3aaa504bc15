type Cell = string | number | boolean | null

/**
 * Where a formula would begin: before these signs, full-width ones too, at the beginning of a cell or after what divides
 * cells in other spreadsheets, with or without spaces between.
 */
const FORMULA = /(^|[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠])/g

/**
 * A line of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front: names and user agents
 * are written by strangers.
 */
export const csvLine = (cells: Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const marked = cell.replace(FORMULA, "$1$2'")
  const text = /^[\t\r]/.test(marked) ? `'${marked}` : marked
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
