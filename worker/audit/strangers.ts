import type { AuditEntry } from './record.ts'

/** What strangers try is counted, not told one by one: a flood of it must not become a flood of rows. */
export interface Strangers {
  /** Counts a stranger's failed call. `what` is one of few fixed words. */
  count(what: string, address: string | undefined): void
  /** The entry about what was counted, once a minute has passed since the first of it; then counting begins anew. */
  due(): AuditEntry | undefined
}

const WINDOW = 60_000

/** Addresses remembered a window; how many more there were is not known then. */
const MAX_ADDRESSES = 1_000

/** Addresses named in the entry, those with the most tries first. */
const NAMED = 5

export function createStrangers(now: () => number): Strangers {
  let since: number | undefined
  let counts = new Map<string, number>()
  let addresses = new Map<string, number>()

  return {
    count(what, address) {
      since ??= now()
      counts.set(what, (counts.get(what) ?? 0) + 1)
      if (address !== undefined && (addresses.has(address) || addresses.size < MAX_ADDRESSES))
        addresses.set(address, (addresses.get(address) ?? 0) + 1)
    },
    due() {
      const at = now()
      if (since === undefined || at - since < WINDOW) return undefined
      const most = [...addresses].toSorted((a, b) => b[1] - a[1])
      const entry: AuditEntry = {
        at,
        action: 'strangers.failed',
        outcome: 'refused',
        actor: { kind: 'stranger', id: null, name: 'Strangers' },
        params: {
          ...Object.fromEntries(counts),
          since: new Date(since).toISOString(),
          addresses: addresses.size,
          from: most.slice(0, NAMED).map(([address, tries]) => `${address} (${tries})`),
        },
        address: most.length === 1 ? most[0]![0] : null,
      }
      since = undefined
      counts = new Map()
      addresses = new Map()
      return entry
    },
  }
}
