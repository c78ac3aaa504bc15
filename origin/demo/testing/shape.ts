/** What a JSON value is made of: its keys, sorted, down to the types of its leaves. Arrays give the shapes they hold. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(item => JSON.stringify(shapeOf(item)))
    return [...new Set(shapes)].sort().map(text => JSON.parse(text) as unknown)
  }
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  const entries = Object.entries(value).map(([key, item]) => [key, shapeOf(item)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
