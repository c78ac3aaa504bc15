import { fromBase64url } from '../crypto/encoding.ts'
import type { Keys } from '../crypto/keys.ts'
import type { AuditAction } from './actions.ts'
import { createFindings, type Finding } from './finding.ts'
import type { FoundChain, FoundRow } from './reading.ts'
import { rowBytes } from './row.ts'
import { type ChainEnd, isGenuine, NO_SEAL, type SealedRow, sealsRows } from './seal.ts'

export interface VerifyOptions {
  /** The deployment's keys, and those of secrets that were given up while rows made with them are still there. */
  keys: Keys[]
  /** Rows are kept so long (ms): newer ones that are gone were not pruned. */
  keepMs: number
  now: number
  /** A seal's hash from a log that is kept elsewhere: the chain must still have that seal. */
  head?: string | undefined
  /** Told how many rows have been read, now and then. */
  progress?: (rows: number) => void
}

export interface Verified {
  findings: Finding[]
  rows: number
  seals: number
  /** Rows after the last seal: the next minute seals them. */
  unsealed: number
}

const PROGRESS_EVERY = 10_000

/**
 * Walks the chain of seals and the rows under it, in step, and finds what is not as it was written. A row is held to its
 * own MAC, to its id (they leave no gap) and to the seal over it; a seal to its MAC, which is also over the seal before.
 * Holds the rows of one seal in memory.
 */
export async function verifyChain(chain: FoundChain, options: VerifyOptions): Promise<Verified> {
  const { keys, keepMs, now, head } = options
  const findings = createFindings()
  const walk = walkRows(chain.rows, options, findings.add)
  const gone: { from: number; to: number }[] = []
  let headFound = head === undefined
  let seals = 0
  let before: ChainEnd = NO_SEAL

  for await (const { id, seal } of chain.seals) {
    seals++
    const follows = id === before.id + 1
    if (!follows) findings.add('seals-missing', before.id + 1, id - 1)
    // After a seal that is missing there is nothing to hold the next one to.
    const genuine = seal && (!follows || (await someKey(keys, one => isGenuine(one, before.hash, seal))))
    if (!genuine) findings.add('seals-changed', id)
    if (seal?.hash === head) headFound = true
    before = seal ? { id, to_id: Math.max(before.to_id, seal.to_id), hash: seal.hash } : { ...before, id }
    if (!seal) continue
    const from = walk.next()
    const pruned = walk.count() === 0
    const { taken, whole } = await walk.take(seal.to_id)
    if (walk.next() <= seal.to_id) {
      if (!pruned || taken.length) findings.add('rows-missing', walk.next(), seal.to_id)
      else if (seal.newest_at >= now - keepMs) gone.push({ from, to: seal.to_id })
      walk.skipTo(seal.to_id + 1)
    } else if (follows && genuine && whole && !(await sealsRows(seal, taken)))
      findings.add('rows-not-sealed', id)
  }

  const sealed = walk.count()
  await walk.take(Number.MAX_SAFE_INTEGER)
  if (chain.lastId >= walk.next()) findings.add('rows-missing', walk.next(), chain.lastId)
  for (const { from, to } of gone) if (to > walk.prunedTo()) findings.add('rows-gone-early', from, to)
  for (const id of chain.repeated) findings.add('rows-repeated', id)
  if (chain.oddIds) findings.add('ids-odd', chain.oddIds)
  if (!headFound) findings.add('head-missing', 0)
  return { findings: findings.all(), rows: walk.count(), seals, unsealed: walk.count() - sealed }
}

/** Reads rows in the order of their ids, holding each to its MAC and to the id before. */
function walkRows(
  rows: AsyncIterable<FoundRow>,
  { keys, progress = () => {} }: VerifyOptions,
  add: ReturnType<typeof createFindings>['add'],
) {
  const reader = rows[Symbol.asyncIterator]()
  let ahead: FoundRow | undefined
  let next = 1
  let count = 0
  let prunedTo = 0

  const peek = async (): Promise<FoundRow | undefined> => {
    if (!ahead) {
      const read = await reader.next()
      ahead = read.done ? undefined : read.value
    }
    return ahead
  }

  return {
    /** The id that the next row should have. */
    next: () => next,
    /** How many rows were read. */
    count: () => count,
    /** The last row that was pruned, as far as rows that were read say so. */
    prunedTo: () => prunedTo,
    /** Goes on as if everything before that id had been there. */
    skipTo(id: number) {
      next = id
    },
    /** Reads the rows up to an id. `whole`: each is there, and as it was written. */
    async take(to: number): Promise<{ taken: SealedRow[]; whole: boolean }> {
      const taken: SealedRow[] = []
      let whole = true
      for (let row = await peek(); row && row.id <= to; row = await peek()) {
        ahead = undefined
        if (row.id > next) add('rows-missing', next, row.id - 1)
        const genuine = await isRowGenuine(keys, row)
        if (genuine) prunedTo = Math.max(prunedTo, prunedBy(row))
        else add('rows-changed', row.id)
        whole &&= genuine && row.id === next
        next = row.id + 1
        taken.push({ id: row.id, mac: row.mac })
        if (++count % PROGRESS_EVERY === 0) progress(count)
      }
      return { taken, whole }
    },
  }
}

async function isRowGenuine(keys: Keys[], { contents, mac }: FoundRow): Promise<boolean> {
  const tag = contents && fromBase64url(mac)
  if (!contents || tag?.length !== 32) return false
  return someKey(keys, one => one.verifyMac('audit', rowBytes(contents), tag))
}

async function someKey(keys: Keys[], fits: (keys: Keys) => Promise<boolean>): Promise<boolean> {
  for (const one of keys) if (await fits(one)) return true
  return false
}

/** The last row that a genuine entry says we deleted, or 0. */
function prunedBy({ contents }: FoundRow): number {
  if (contents?.action !== ('audit.prune' satisfies AuditAction)) return 0
  return Number((JSON.parse(contents.params) as { to: number }).to)
}
