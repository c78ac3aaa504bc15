import type { JoinAnswer, JoinRequest, RoomView } from '../../worker/people/schema.ts'
import type { Playback } from '../../worker/playback/schema.ts'
import { callOf } from '../lib/call-of.ts'
import { placeOf } from '../lib/place-of.ts'
import { type Refusal, readRefusal } from '../lib/refusal.ts'
import type { Ticket } from '../player/state.ts'

/** What a link wants to know before it lets somebody in. */
export interface Needs {
  name: boolean
  pin: boolean
}

/** What is wrong with the PIN that was typed. Times in ms, by this page's clock. */
export type PinFault =
  | { code: 'pin_wrong'; triesLeft: number | null }
  /** No PIN is looked at until then. */
  | { code: 'pin_locked'; until: number }

export type JoinOutcome =
  | { joined: JoinAnswer }
  | { needs: Needs; fault: PinFault | null }
  | { refusal: Refusal }
  | 'unreachable'

export type RoomOutcome = { view: RoomView } | { refusal: Refusal } | 'signed-out' | 'unreachable'

export type PlaybackOutcome = { ticket: Ticket } | { refusal: Refusal } | 'signed-out' | 'unreachable'

interface CallOptions {
  token?: string | undefined
  body?: unknown
}

type Failed = { problem: Record<string, unknown>; status: number; retryAfter: number | null }
type Answer = { ok: Response } | Failed | 'unreachable'

/** The viewer's three calls. Nothing throws: a server that fails, or answers nonsense, is one that is not reached. */
export function createApi(
  fetch: typeof globalThis.fetch,
  now: () => number = Date.now,
  leave: (place: string) => void = place => location.replace(place),
) {
  async function call(path: string, { token, body }: CallOptions): Promise<Answer> {
    try {
      const method = body === undefined ? 'GET' : 'POST'
      const response = await fetch(path, callOf({ method, token, body }))
      if (response.ok) return { ok: response }
      const problem = (await response.json()) as Record<string, unknown>
      const place = problem.code === 'elsewhere' ? placeOf(problem.location) : null
      if (place !== null) leave(place)
      return { problem, status: response.status, retryAfter: secondsOf(response.headers.get('Retry-After')) }
    } catch {
      return 'unreachable'
    }
  }

  return {
    /** With the token of an earlier visit the same person comes back, and the link counts no further use. */
    async join(request: JoinRequest, token?: string): Promise<JoinOutcome> {
      const answer = await call('/api/join', { body: request, token })
      if (answer === 'unreachable') return answer
      if ('ok' in answer) {
        const joined = await read<JoinAnswer>(answer.ok)
        return joined ? { joined } : 'unreachable'
      }
      const { problem, status } = answer
      const needs = readNeeds(problem.needs)
      if (needs) return { needs, fault: pinFault(answer, now()) }
      // A mangled link is not even well-formed: to the viewer the same as an unknown one.
      const refusal = status === 400 ? { code: 'not_found' as const } : readRefusal(problem)
      return refusal ? { refusal } : 'unreachable'
    },

    async room(token: string): Promise<RoomOutcome> {
      const answer = await call('/api/room', { token })
      if (answer === 'unreachable') return answer
      if ('ok' in answer) {
        const view = await read<RoomView>(answer.ok)
        return view ? { view } : 'unreachable'
      }
      return refused(answer)
    },

    /** @param stream of the room, by its id; without one the programme */
    async playback(token: string, stream?: string): Promise<PlaybackOutcome> {
      const answer = await call('/api/playback', { token, body: stream === undefined ? {} : { stream } })
      if (answer === 'unreachable') return answer
      if ('problem' in answer) return refused(answer)
      const playback = await read<Playback>(answer.ok)
      if (!playback) return 'unreachable'
      return { ticket: ticketOf(playback, Date.parse(answer.ok.headers.get('Date') ?? ''), now()) }
    },
  }
}
export type Api = ReturnType<typeof createApi>

const refused = ({ problem, status }: Failed) => {
  if (status === 401) return 'signed-out' as const
  const refusal = readRefusal(problem)
  return refusal ? { refusal } : ('unreachable' as const)
}

/** `expiresAt` is in the server's time; a viewer's clock may be hours off, so only the difference counts. */
function ticketOf({ webrtc, llhls, expiresAt, leaseMs }: Playback, sentAt: number, now: number): Ticket {
  const left = Date.parse(expiresAt) - (Number.isNaN(sentAt) ? now : sentAt)
  return { webrtc: webrtc.url, llhls: llhls.url, usableUntil: now + left, leaseMs }
}

/** After the last try the PIN is locked, whether that is told with a wrong one or instead of looking at it. */
function pinFault({ problem, retryAfter }: Failed, now: number): PinFault | null {
  const { code, triesLeft } = problem
  if (code !== 'pin_wrong' && code !== 'pin_locked') return null
  if (retryAfter !== null) return { code: 'pin_locked', until: now + retryAfter * 1000 }
  return { code: 'pin_wrong', triesLeft: typeof triesLeft === 'number' ? triesLeft : null }
}

/** Seconds rather than an instant: a viewer's clock may be hours off. */
const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) : null

function readNeeds(needs: unknown): Needs | null {
  if (typeof needs !== 'object' || needs === null) return null
  const { name, pin } = needs as Record<string, unknown>
  return { name: name === true, pin: pin === true }
}

async function read<T>(response: Response): Promise<T | null> {
  try {
    return (await response.json()) as T
  } catch {
    return null
  }
}
