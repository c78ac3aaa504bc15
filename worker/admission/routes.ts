import { blockKey } from '../blocks/bounds.ts'
import { type Call, type Route, route } from '../http/route.ts'
import type { Origin } from '../origins/origins.ts'
import type { PlaybackClaims } from '../playback/token.ts'
import { followClosing, followOpening } from '../streams/watch.ts'
import { type IngestKey, ingestCredential, playbackCredential } from './credential.ts'
import { type Decision, decidePlay, decidePublish } from './decide.ts'
import { inTime } from './in-time.ts'
import { redirected } from './media-url.ts'
import { placeFault } from './place.ts'
import { type Asker, addressOf, recordDecision } from './recording.ts'
import { type AdmissionRequest, readAdmission } from './request.ts'
import {
  closePlay,
  closePublish,
  leavePlay,
  lookAtPlay,
  openPlay,
  openPublish,
  type Published,
} from './store.ts'
import { signedBody } from './webhook.ts'

/**
 * How long after its token's expiry a closing is still read (ms). The longest lease is 15 min; an origin that was cut off
 * tells late, and a closing can only take away.
 */
const CLOSING_GRACE = 24 * 3600_000

/** An answer is given within this many ms, come what may: the origin waits 3 s (Timeout in Server.xml). */
const ANSWER_WITHIN = 2_000

interface Answer {
  allowed: boolean
  new_url?: string
  lifetime?: number
  reason?: string
}

const refused = (reason: string): Answer => ({ allowed: false, reason })

/** Notes whose genuine credential a request carries, for the record of the decision. */
type Note = (asker: Asker) => void

async function admit(call: Call<undefined, undefined>): Promise<Response> {
  const { origin, body } = await signedBody(call)
  const request = body === undefined ? undefined : readAdmission(body)
  let asker: Asker | undefined
  const note: Note = known => {
    asker = known
  }
  const answer = request ? await answerTo(call, origin, request, note) : refused('not understood')
  if (request) recordDecision(call, origin, request, answer, asker)
  else call.app.audit.strangers('not understood', undefined)
  const what = request ? `${request.direction} ${request.protocol} ${request.status}` : 'unreadable'
  call.app.metrics.admission(what, answer.allowed)
  call.app.log.debug('admission', {
    requestId: call.c.get('requestId'),
    what,
    allowed: answer.allowed,
    reason: answer.reason,
  })
  return call.c.json(answer)
}

/** Always in time: a database that does not answer is a refusal, and what it grants later is given back. */
async function answerTo(
  call: Call<undefined, undefined>,
  origin: Origin,
  request: AdmissionRequest,
  note: Note,
): Promise<Answer> {
  const working = decided(call, origin, request, note)
  const answer = await inTime(working, ANSWER_WITHIN)
  if (answer) return answer
  call.app.log.error('admission.late', { requestId: call.c.get('requestId') })
  call.after('admission.late', async () => {
    const late = await working
    if (late.allowed && request.status === 'opening') await close(call, origin, request, note)
  })
  return refused('not available')
}

/** Never throws: whatever goes wrong inside is a refusal, at once. */
async function decided(
  call: Call<undefined, undefined>,
  origin: Origin,
  request: AdmissionRequest,
  note: Note,
): Promise<Answer> {
  try {
    if (request.status === 'closing') {
      await close(call, origin, request, note)
      return { allowed: true }
    }
    const wrongPlace = placeFault(origin, request)
    if (wrongPlace) return refused(wrongPlace)
    return request.direction === 'incoming'
      ? await publish(call, origin, request, note)
      : await play(call, origin, request, note)
  } catch (error) {
    call.app.log.error('admission.failed', {
      requestId: call.c.get('requestId'),
      error: error instanceof Error ? error.name : 'unknown',
    })
    return refused('not available')
  }
}

async function play(
  call: Call<undefined, undefined>,
  origin: Origin,
  request: AdmissionRequest,
  note: Note,
): Promise<Answer> {
  const { app } = call
  const now = app.now()
  const claims = await playbackCredential(app.keys, request.url, now)
  if (typeof claims === 'string') return refused(claims)
  if (claims.o !== origin.id) return refused('wrong origin')
  const person = { id: claims.p, link: claims.l }
  note({ room: claims.r, person })
  const wantsSeat = request.protocol !== 'thumbnail'
  const opening = {
    session: playSession(request, claims),
    personId: claims.p,
    roomId: claims.r,
    linkId: claims.l,
    streamId: claims.s,
    originId: origin.id,
    slug: request.url.stream,
    protocol: request.protocol,
    address: addressOf(origin, request),
    blockKey: blockKey(addressOf(origin, request)),
    generation: claims.g,
    leaseMs: app.config.leaseMs,
  }
  const facts = await (wantsSeat ? openPlay : lookAtPlay)(app.db, opening, now)
  if (facts)
    note({ room: claims.r, roomTitle: facts.roomTitle, person: { ...person, name: facts.personName } })
  const decision = decidePlay(facts, { slug: request.url.stream, originId: origin.id, wantsSeat }, now)
  if (!decision.allowed && wantsSeat && facts?.seated)
    call.after('seat.returned', () => closePlay(app.db, opening.session, request.protocol))
  return answerOf(decision, request)
}

async function publish(
  call: Call<undefined, undefined>,
  origin: Origin,
  request: AdmissionRequest,
  note: Note,
): Promise<Answer> {
  const { app } = call
  const now = app.now()
  const key = await ingestCredential(app.keys, request.url)
  if (typeof key === 'string') return refused(key)
  noteKey(note, key)
  const opening = {
    session: publishSession(request, key.id),
    key,
    originId: origin.id,
    protocol: request.protocol,
    address: request.client.address,
    port: request.client.port,
    blockKey: blockKey(addressOf(origin, request)),
  }
  const opened = await openPublish(app.db, opening, now)
  if (opened) note(publisherOf(opened))
  const decision = decidePublish(opened, { originId: origin.id, keyVersion: key.version }, now)
  if (decision.allowed && opened) {
    call.after('live.changed', () => app.live.changed(opened.roomId))
    call.after('publisher.follow', () => followOpening(app, opened))
  }
  return answerOf(decision, request)
}

function answerOf(decision: Decision, request: AdmissionRequest): Answer {
  if (!decision.allowed) return refused(decision.reason)
  const { hiddenName, lifetime } = decision
  return {
    allowed: true,
    new_url: redirected(request.url, hiddenName),
    ...(lifetime === undefined ? {} : { lifetime }),
  }
}

/** A closing is a hint: it ends the session it names, if there is one, and nothing else. */
async function close(
  call: Call<undefined, undefined>,
  origin: Origin,
  request: AdmissionRequest,
  note: Note,
): Promise<void> {
  const { app } = call
  if (request.direction === 'outgoing') {
    const claims = await playbackCredential(app.keys, request.url, app.now(), CLOSING_GRACE)
    if (typeof claims === 'string' || claims.o !== origin.id) return
    const person = { id: claims.p, link: claims.l }
    note({ room: claims.r, person })
    const left = await leavePlay(app.db, playSession(request, claims), request.protocol, claims.p)
    note({ room: claims.r, roomTitle: left?.roomTitle, person: { ...person, name: left?.personName } })
    return
  }
  const key = await ingestCredential(app.keys, request.url)
  if (typeof key === 'string') return
  noteKey(note, key)
  const left = await closePublish(app.db, {
    session: publishSession(request, key.id),
    key,
    address: request.client.address,
    anyPort: request.protocol === 'webrtc',
  })
  if (!left) return
  note(publisherOf(left))
  call.after('live.changed', () => app.live.changed(left.roomId))
  call.after('publisher.follow', () => followClosing(app, left.streamId))
}

/** The room of a room's key is known at once, that of a further stream's only from the database. */
function noteKey(note: Note, key: IngestKey): void {
  if (key.of === 'room') note({ room: key.id })
}

const publisherOf = ({ roomId, roomTitle, streamLabel }: Published): Asker => ({
  room: roomId,
  roomTitle,
  ...(streamLabel && { stream: streamLabel }),
})

/**
 * A session is its client's address and port, and whose it is: the URL's secrets are not kept. One connection may carry
 * several streams (LL-HLS), each with a closing of its own.
 */
const playSession = ({ client, protocol }: AdmissionRequest, { p, s }: PlaybackClaims) =>
  `out|${client.address}|${client.port}|${protocol}|${p}|${s}`
/** @param id the room's, of its programme; else the stream's */
const publishSession = ({ client, protocol }: AdmissionRequest, id: string) =>
  `in|${client.address}|${client.port}|${protocol}|${id}`

const answers = { 200: null, 401: null, 413: null }

export const admissionRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/admission',
    who: 'origin',
    summary: 'OvenMediaEngine AdmissionWebhooks of the first origin',
    answers,
    handle: admit,
  }),
  route({
    method: 'post',
    path: '/v1/admission/:originId',
    who: 'origin',
    summary: 'OvenMediaEngine AdmissionWebhooks of a named origin',
    answers,
    handle: admit,
  }),
]
