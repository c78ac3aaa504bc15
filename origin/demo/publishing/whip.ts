import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Admission } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import { readBody } from '../http/body.ts'
import { clientOf, urlOf } from '../http/client-of.ts'
import type { MediaReply } from '../http/reply.ts'
import type { Registry } from '../streams/registry.ts'
import { CameraPublication } from './camera-publication.ts'

/** How many ended sessions are remembered, so that a late DELETE is not an error. */
const ENDED_KEPT = 100

export interface WhipSetup {
  readonly app: string
  readonly admission: Admission
  readonly registry: Registry
  /** How long a publisher may be silent before it counts as gone, in ms. */
  readonly silentMs: number
  /** What is shown instead of a thumbnail. */
  readonly thumbnail: Buffer
}

/** WHIP (RFC 9725) as OME speaks it: POST with `?direction=whip`, PATCH and DELETE on what Location says. */
export class Whip {
  readonly #setup: WhipSetup
  readonly #live = new Map<string, CameraPublication>()
  #ended: string[] = []
  #closed = false

  constructor(setup: WhipSetup) {
    this.#setup = setup
  }

  async publish(request: IncomingMessage, asked: { app: string; name: string }): Promise<MediaReply> {
    const { app, admission, registry, silentMs, thumbnail } = this.#setup
    const offer = await readBody(request)
    if (offer === undefined) return { status: 413 }
    const session: Session = {
      direction: 'incoming',
      protocol: 'WebRTC',
      client: clientOf(request),
      url: urlOf(request, 'http'),
    }
    const decision = await admission.opening(session)
    if (!decision.allowed) return text(401, 'AdmissionWebhooks error')
    const { newUrl, lifetimeMs, target } = decision
    if (target.app !== app) return text(404, 'Could not find application')
    if (this.#isTaken(target.stream)) return text(409, 'Stream is already exist')
    const publication = await CameraPublication.create(offer, { session, newUrl, thumbnail })
    if (!publication) return text(400, 'No H.264 video in the offer')
    if (this.#closed) {
      publication.end()
      return { status: 503 }
    }
    // The name may have been taken meanwhile; the built-in encoder gives way to a person.
    const holder = registry.get(target.stream)
    if (holder && !holder.publication.giveWay(publication.ended)) {
      publication.end()
      return text(409, 'Stream is already exist')
    }
    publication.goLive({ name: target.stream, registry, lifetimeMs, silentMs })
    const id = this.#remember(publication)
    return {
      status: 201,
      type: 'application/sdp',
      methods: 'POST',
      body: publication.answer,
      headers: {
        'Access-Control-Expose-Headers': 'Location, Link, ETag',
        ETag: token(),
        Location: `/${asked.app}/${asked.name}/${id}?direction=whip`,
      },
    }
  }

  /** Ends a session: one closing, from whatever port the DELETE came from. */
  end(request: IncomingMessage, id: string): MediaReply {
    const publication = this.#live.get(id)
    if (!publication) return { status: this.#ended.includes(id) ? 200 : 404, methods: 'GET' }
    publication.end()
    const { port } = clientOf(request)
    const { session, newUrl } = publication
    this.#setup.admission.closing({ ...session, client: { ...session.client, port } }, newUrl)
    return { status: 200, methods: 'GET' }
  }

  /** Ends every session, without a closing, and takes no more. */
  close(): void {
    this.#closed = true
    for (const publication of [...this.#live.values()]) publication.end()
  }

  /** Takes further candidates (trickle ICE). */
  async trickle(request: IncomingMessage, id: string): Promise<MediaReply> {
    const publication = this.#live.get(id)
    const body = await readBody(request)
    if (!publication || body === undefined) return { status: 404 }
    const mid = /^a=mid:(\S+)/m.exec(body)?.[1] ?? '0'
    for (const [, candidate] of body.matchAll(/^a=(candidate:[^\r\n]+)/gm))
      publication.candidate(candidate!, mid)
    return { status: 204 }
  }

  /** Taken for good: by a browser, or by an encoder that is frozen. The built-in encoder is asked to give way later. */
  #isTaken(name: string): boolean {
    const holder = this.#setup.registry.get(name)
    return holder?.publication.sourceType === 'WebRTC'
  }

  #remember(publication: CameraPublication): string {
    const id = token()
    this.#live.set(id, publication)
    void publication.ended.then(() => {
      this.#live.delete(id)
      this.#ended = [...this.#ended, id].slice(-ENDED_KEPT)
    })
    return id
  }
}

function text(status: number, body: string): MediaReply {
  return { status, type: 'text/plain', body }
}

/** Eight characters, as OME's resource names and ETags have. */
function token(): string {
  return randomBytes(6).toString('base64url').replace(/[-_]/g, '0')
}
