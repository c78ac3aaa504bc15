import { PLAY_FACTS, TAKE_SEAT } from '../worker/admission/store.ts'
import { newId } from '../worker/crypto/id.ts'
import { type Db, sql, write } from '../worker/db.ts'
import { joinThroughLink, seatView } from '../worker/people/store.ts'

/**
 * What admission is measured against, on the same runtime and database. No routing, no tokens, no rule: each answers
 * its path and nothing else.
 */
export interface Floors {
  /** HMAC, JSON, and admission's own SQL with fixed arguments. */
  floor(request: Request): Promise<Response>
  /** HMAC, JSON, and one indexed read. */
  oneRead(request: Request): Promise<Response>
  /** An answer and nothing else. */
  bare(request: Request): Promise<Response>
  /** JSON, and a join's own SQL with fixed arguments but for the new person's id. */
  join(request: Request): Promise<Response>
  /** The MAC of the bearer, JSON, and a playback call's own SQL with fixed arguments. */
  playback(request: Request): Promise<Response>
}

/** The fixed arguments of the floor's SQL: a person who holds a seat in a room. */
export interface FloorSeat {
  session: string
  personId: string
  roomId: string
  linkId: string
  streamId: string
  slug: string
  originId: string
  leaseMs: number
  address: string
  blockKey: string
  generation: number
}

const OK = JSON.stringify({ allowed: true })
const JSON_TYPE = { 'Content-Type': 'application/json' }

export async function createFloors(
  db: Db,
  webhookSecret: string,
  seat: FloorSeat,
  now: () => number,
): Promise<Floors> {
  const raw = new TextEncoder().encode(webhookSecret)
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-1' }, false, [
    'verify',
    'sign',
  ])

  /** The least that every signed webhook costs. */
  async function signedJson(request: Request): Promise<unknown> {
    const body = await request.arrayBuffer()
    const given = request.headers.get('x-ome-signature') ?? ''
    const tag = Uint8Array.from(atob(given.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0))
    if (!(await crypto.subtle.verify('HMAC', key, tag, body))) throw new Error('signature')
    return JSON.parse(new TextDecoder().decode(body))
  }

  return {
    async floor(request) {
      await signedJson(request)
      const { slug, originId, ...both } = seat
      const args = { ...both, now: now() }
      await write(db, [
        sql(TAKE_SEAT, { ...args, slug, originId, protocol: 'webrtc' }),
        sql(PLAY_FACTS, args),
      ])
      return new Response(OK, { headers: JSON_TYPE })
    },
    async oneRead(request) {
      await signedJson(request)
      await db.execute(sql('SELECT slug FROM rooms WHERE id = :id', { id: seat.roomId }))
      return new Response(OK, { headers: JSON_TYPE })
    },
    async bare(request) {
      await request.arrayBuffer()
      return new Response(OK, { headers: JSON_TYPE })
    },
    async join(request) {
      await request.json()
      const { linkId, slug } = seat
      const address = request.headers.get('x-forwarded-for') ?? undefined
      const joining = {
        personId: newId(),
        linkId,
        keyVersion: 1,
        slug,
        name: undefined,
        pinMacs: [],
        address,
      }
      await joinThroughLink(db, joining, now())
      return new Response(OK, { headers: JSON_TYPE })
    },
    async playback(request) {
      await crypto.subtle.sign(
        'HMAC',
        key,
        new TextEncoder().encode(request.headers.get('authorization') ?? ''),
      )
      await request.json()
      const { personId: p, roomId: r, linkId: l, generation: g, address } = seat
      await seatView(db, { p, r, l, g }, undefined, address, now())
      return new Response(OK, { headers: JSON_TYPE })
    },
  }
}
