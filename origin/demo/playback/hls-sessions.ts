import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Admission } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import type { LiveStream } from '../streams/live-stream.ts'

/** One admitted master playlist: what its chunklists and segments carry as `?session=`. */
export interface HlsSession {
  readonly id: string
  readonly stream: LiveStream
  /** When its lease ends, in ms since 1970. */
  readonly expiresAt: number
}

/**
 * LL-HLS sessions. As in OME each lives as long as the TCP connection that asked for its master playlist, at most for
 * its lifetime, and ends with one closing when that connection closes, however long after the lifetime.
 */
export class HlsSessions {
  readonly #admission: Admission
  readonly #open = new Map<string, HlsSession>()
  readonly #ends = new Set<() => void>()

  constructor(admission: Admission) {
    this.#admission = admission
  }

  open(admitted: {
    session: Session
    newUrl: string
    lifetimeMs: number | undefined
    stream: LiveStream
    socket: Socket
  }): HlsSession {
    const { session, newUrl, lifetimeMs, stream, socket } = admitted
    const id = randomBytes(9).toString('base64url')
    const expiresAt = lifetimeMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + lifetimeMs
    const opened = { id, stream, expiresAt }
    this.#open.set(id, opened)
    const disconnected = stream.meter.connected('llhls', Date.now())
    const end = () => {
      if (!this.#ends.delete(end)) return
      socket.off('close', end)
      this.#open.delete(id)
      disconnected()
      this.#admission.closing(session, newUrl)
    }
    this.#ends.add(end)
    if (socket.destroyed) end()
    else socket.once('close', end)
    return opened
  }

  /** The session with this id, while it may play. */
  find(id: string | null): HlsSession | undefined {
    const session = id === null ? undefined : this.#open.get(id)
    return session && Date.now() < session.expiresAt ? session : undefined
  }

  endAll(): void {
    for (const end of [...this.#ends]) end()
  }
}
