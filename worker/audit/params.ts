/** What an entry says beside who, what and whom. Never a secret: see {@link paramsOf}. */
export type AuditParams = Record<string, string | number | boolean | null | string[]>

/** Fields whose contents must not be kept, by their last word: `pin`, `clientSecret`, `newPassword`. */
const SECRET = /^(secret|pin|token|key|password|response)$|[a-z0-9](Secret|Pin|Token|Key|Password|Response)$/

/** Fields that are times in ms once validated; people read the audit. */
const TIME = /(^(at|from|to|until)|At|Until)$/

const MAX_TEXT = 200
const MAX_ITEMS = 20
const MAX_DEPTH = 4

/**
 * A validated request body as an entry's parameters: objects inside are flattened (`window.endsAt`), secrets become
 * `set` or `cleared`, times ISO 8601, long texts and lists are shortened. Absent fields stay absent.
 */
export function paramsOf(body: unknown): AuditParams {
  const params: AuditParams = {}
  if (isObject(body)) flatten(body, '', 1, params)
  return params
}

function flatten(fields: Record<string, unknown>, prefix: string, depth: number, into: AuditParams): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const path = `${prefix}${name}`
    if (SECRET.test(name)) into[path] = value === null || value === '' ? 'cleared' : 'set'
    else if (isObject(value) && depth < MAX_DEPTH) flatten(value, `${path}.`, depth + 1, into)
    else if (Array.isArray(value)) into[path] = listOf(value, depth)
    else into[path] = plain(name, value)
  }
}

function plain(name: string, value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number')
    return TIME.test(name) && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value
  return typeof value === 'string' ? shortened(value) : '…'
}

/** Objects in a list lose their secrets too before they become text. */
function listOf(items: unknown[], depth: number): string[] {
  const shown = items.slice(0, MAX_ITEMS).map(item => {
    if (!isObject(item)) return Array.isArray(item) ? '…' : shortened(String(item))
    const inner: AuditParams = {}
    if (depth < MAX_DEPTH) flatten(item, '', depth + 1, inner)
    return shortened(JSON.stringify(inner))
  })
  return items.length > MAX_ITEMS ? [...shown, `… and ${items.length - MAX_ITEMS} more`] : shown
}

const shortened = (text: string): string =>
  text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
