/** What the two sides say on the data channel itself, as text between the file's bytes. */
export type FromSender =
  /** The block that was sent last, with its SHA-256. */
  | { is: 'block'; n: number; hash: string }
  /** That was all; `root` is over all blocks. */
  | { is: 'end'; root: string }
export type FromReceiver =
  /** So many bytes are there: said after each block that is right and kept, and each second. */
  | { is: 'have'; bytes: number }
  /** The file is whole and kept. */
  | { is: 'done'; root: string }

/** In characters: none is longer. */
const MAX_TEXT = 200
const HASH = /^[\da-f]{64}$/

/** Null for anything that a sender of ours does not say. */
export function readFromSender(text: string): FromSender | null {
  const json = parse(text)
  if (json?.is === 'block' && isCount(json.n) && isHash(json.hash) && Object.keys(json).length === 3)
    return { is: 'block', n: json.n, hash: json.hash }
  if (json?.is === 'end' && isHash(json.root) && Object.keys(json).length === 2)
    return { is: 'end', root: json.root }
  return null
}

/** Null for anything that a receiver of ours does not say. */
export function readFromReceiver(text: string): FromReceiver | null {
  const json = parse(text)
  if (json?.is === 'have' && isCount(json.bytes) && Object.keys(json).length === 2)
    return { is: 'have', bytes: json.bytes }
  if (json?.is === 'done' && isHash(json.root) && Object.keys(json).length === 2)
    return { is: 'done', root: json.root }
  return null
}

function parse(text: string): Record<string, unknown> | null {
  if (text.length > MAX_TEXT) return null
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isHash = (value: unknown): value is string => typeof value === 'string' && HASH.test(value)
