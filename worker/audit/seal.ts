import { bytesOf, fromBase64url, toBase64url } from '../crypto/encoding.ts'
import type { Keys } from '../crypto/keys.ts'

/** A seal as the table has it: over the rows from `from_id` to `to_id`, and over the seal before it. Times in ms. */
export interface Seal {
  id: number
  from_id: number
  to_id: number
  rows: number
  oldest_at: number
  newest_at: number
  sealed_at: number
  /** `digest.mac`: SHA-256 over the rows, and the seal's own MAC. So a seal can be checked when its rows are gone. */
  hash: string
}

/** What a seal is over of each row: the MAC covers the rest. */
export type SealedRow = Pick<Seal, 'id'> & { mac: string }

/** The end of a chain to which the next seal is added. */
export type ChainEnd = Pick<Seal, 'id' | 'to_id' | 'hash'>

/** Before the first seal. */
export const NO_SEAL: ChainEnd = { id: 0, to_id: 0, hash: '' }

/**
 * The next seal of a chain. It begins right after the one before, whether or not that row is there: what is missing when
 * rows are sealed stays missing for ever.
 * @param rows at least one, by id
 */
export async function nextSeal(
  keys: Keys,
  before: ChainEnd,
  rows: (SealedRow & { at: number })[],
  now: number,
): Promise<Seal> {
  const times = rows.map(row => row.at)
  const seal = {
    id: before.id + 1,
    from_id: before.to_id + 1,
    to_id: rows.at(-1)!.id,
    rows: rows.length,
    oldest_at: times.reduce((a, b) => Math.min(a, b)),
    newest_at: times.reduce((a, b) => Math.max(a, b)),
    sealed_at: now,
  }
  const digest = await digestOf(rows)
  const mac = await keys.mac('audit', sealBytes(before.hash, seal, digest))
  return { ...seal, hash: `${digest}.${toBase64url(mac)}` }
}

/** Whether a seal is one we made, after the seal with that hash, and nothing in it was changed. */
export async function isGenuine(keys: Keys, hashBefore: string, seal: Seal): Promise<boolean> {
  const [digest, mac, ...more] = seal.hash.split('.')
  const tag = mac === undefined || more.length ? undefined : fromBase64url(mac)
  return tag?.length === 32 && keys.verifyMac('audit', sealBytes(hashBefore, seal, digest!), tag)
}

/** Whether these are exactly the rows that a genuine seal is over. */
export const sealsRows = async (seal: Seal, rows: SealedRow[]): Promise<boolean> =>
  seal.hash.split('.')[0] === (await digestOf(rows))

async function digestOf(rows: SealedRow[]): Promise<string> {
  const bytes = bytesOf(JSON.stringify(rows.map(({ id, mac }) => [id, mac])))
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** Unambiguous, and never the bytes of a row: see rowBytes. */
const sealBytes = (hashBefore: string, seal: Omit<Seal, 'hash'>, digest: string) =>
  bytesOf(
    JSON.stringify([
      'seal',
      hashBefore,
      seal.id,
      seal.from_id,
      seal.to_id,
      seal.rows,
      seal.oldest_at,
      seal.newest_at,
      seal.sealed_at,
      digest,
    ]),
  )
