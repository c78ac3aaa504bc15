import { signal } from '@preact/signals'
import type { Right } from '../../worker/users/rights.ts'
import { createApi, type Session } from './api/client.ts'
import { type ApiFailure, asFailure } from './api/failure.ts'

/** Who is signed in. The browser keeps the cookie, which no script can read: only the server knows. */
export type SessionState =
  | { is: 'checking' }
  /** `ended`: not by the person's own wish. */
  | { is: 'signed-out'; because: 'ended' | null }
  | { is: 'unreached'; failure: ApiFailure }
  | { is: 'signed-in'; session: Session }

export const session = signal<SessionState>({ is: 'checking' })

let era = 0

export const api = createApi({
  fetch: (input, init) => fetch(input, init),
  era: () => era,
  onUnauthenticated: () => end(session.peek().is === 'signed-in' ? 'ended' : null),
})

function end(because: 'ended' | null): void {
  era += 1
  session.value = { is: 'signed-out', because }
}

/** Asks the server who this browser is signed in as: when the page opens, after signing in, after a failure. */
export async function check(): Promise<void> {
  era += 1
  const asked = era
  session.value = { is: 'checking' }
  try {
    const value = await api.session()
    if (asked === era) session.value = { is: 'signed-in', session: value }
  } catch (e) {
    if (asked === era) session.value = { is: 'unreached', failure: asFailure(e) }
  }
}

/** How often a person who is there keeps their session, in ms; the server counts idle time in minutes. */
const KEEP_EVERY = 60_000

let keptAt = 0

/**
 * Tells the server that a person is there, for every touch or key but at most once a minute: what the page asks by itself
 * does not keep a session. Rights that changed meanwhile show.
 */
export async function keep(now: number): Promise<void> {
  if (session.peek().is !== 'signed-in' || now - keptAt < KEEP_EVERY) return
  keptAt = now
  const asked = era
  const value = await api.session().catch(() => null)
  if (value && asked === era) session.value = { is: 'signed-in', session: value }
}

/**
 * Ends this browser's session.
 * @throws {ApiFailure} when the server could not be told: then it goes on
 */
export async function signOut(): Promise<void> {
  await api.signOut()
  end(null)
}

/**
 * Ends all sessions of the signed-in user, this browser's too.
 * @throws {ApiFailure} when the server could not be told: then they go on
 */
export async function signOutEverywhere(): Promise<void> {
  await api.endAllSessions()
  end(null)
}

/** Whether the signed-in user has a right; what they may not do is not offered. The server decides all the same. */
export function may(right: Right): boolean {
  const { value } = session
  return value.is === 'signed-in' && value.session.rights.includes(right)
}
