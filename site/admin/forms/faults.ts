import { fromLocalInput } from '../time/zone.ts'

/** What is wrong with a field, before the server is asked. */
export type Fault =
  | { is: 'empty' | 'slug' | 'time' | 'skipped' | 'order' | 'past' | 'pin' | 'block' }
  | { is: 'none-chosen' | 'issuer' | 'email' | 'domain' | 'secret-again' | 'address' | 'codecs' | 'json' }
  | { is: 'too-long'; max: number }
  | { is: 'whole'; min: number; max: number }
  /** The server's own sentence. */
  | { is: 'said'; sentence: string }

export type Faults = Readonly<Record<string, Fault | undefined>>

/** A local time that does not exist or cannot be read; empty is fine. */
export function timeFault(text: string, zone: string): Fault | null {
  const { is } = fromLocalInput(text, zone)
  return is === 'unreadable' ? { is: 'time' } : is === 'skipped' ? { is: 'skipped' } : null
}

/** An end that is not after its start. */
export function orderFault(from: string, to: string, zone: string): Fault | null {
  const start = fromLocalInput(from, zone)
  const end = fromLocalInput(to, zone)
  return start.is === 'at' && end.is === 'at' && Date.parse(end.iso) <= Date.parse(start.iso)
    ? { is: 'order' }
    : null
}

/** A whole number within limits; empty is fine. */
export function wholeFault(text: string, min: number, max: number): Fault | null {
  const typed = text.trim()
  if (typed === '') return null
  const n = Number(typed)
  return /^\d{1,9}$/.test(typed) && n >= min && n <= max ? null : { is: 'whole', min, max }
}

/** What the server found wrong, by field; `names` tells which of its fields a form shows under another name. */
export function faultsOf(
  errors: readonly { field: string; detail: string }[],
  names: Record<string, string> = {},
): Faults {
  return Object.fromEntries(
    errors.map(({ field, detail }) => [names[field] ?? field, { is: 'said', sentence: detail } as const]),
  )
}
