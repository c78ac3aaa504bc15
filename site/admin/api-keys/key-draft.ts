import type { Right } from '../../../worker/users/rights.ts'
import type { NewApiKey } from '../api/client.ts'
import { type Fault, type Faults, timeFault } from '../forms/faults.ts'
import { fromLocalInput, toLocalInput } from '../time/zone.ts'

/** What an API key can be given: everything but what belongs to a person. */
export type KeyRight = Exclude<Right, 'account'>

/** A new API key as its form holds it. The time is local; empty is no end. */
export interface KeyDraft {
  name: string
  rights: readonly KeyRight[]
  expiresAt: string
}

/** How long a key works unless somebody chooses otherwise, in ms. */
const USUAL = 90 * 86_400_000

export const emptyKeyDraft = (now: number, zone: string): KeyDraft => ({
  name: '',
  rights: [],
  expiresAt: toLocalInput(new Date(now + USUAL).toISOString(), zone),
})

/** A key can do no more than who makes it. */
export const givable = (own: readonly Right[]): KeyRight[] =>
  own.filter((right): right is KeyRight => right !== 'account')

/** The same rights with one more or one less, in the order they are listed in. */
export const withRight = (
  listed: readonly KeyRight[],
  chosen: readonly KeyRight[],
  right: KeyRight,
  on: boolean,
): KeyRight[] => listed.filter(r => (r === right ? on : chosen.includes(r)))

/** The server's limits: worker/api-keys/schema.ts. */
export function keyFaults(draft: KeyDraft, now: number, zone: string): Faults {
  const faults: Record<string, Fault | null> = {
    name: draft.name.trim() === '' ? { is: 'empty' } : null,
    rights: draft.rights.length === 0 ? { is: 'none-chosen' } : null,
    expiresAt: timeFault(draft.expiresAt, zone) ?? pastFault(draft.expiresAt, now, zone),
  }
  return Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, Fault] => entry[1] !== null),
  )
}

function pastFault(text: string, now: number, zone: string): Fault | null {
  const time = fromLocalInput(text, zone)
  return time.is === 'at' && Date.parse(time.iso) <= now ? { is: 'past' } : null
}

/** A form without faults → the body of `POST /api/keys`. */
export function newKeyBody(draft: KeyDraft, zone: string): NewApiKey {
  const time = fromLocalInput(draft.expiresAt, zone)
  return {
    name: draft.name.trim(),
    rights: [...draft.rights],
    expiresAt: time.is === 'at' ? time.iso : null,
  }
}
