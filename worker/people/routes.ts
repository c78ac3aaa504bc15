import { SIGHTLINE } from '../audit/record.ts'
import { newId } from '../crypto/id.ts'
import { readRowKey } from '../crypto/row-key.ts'
import { verifyToken } from '../crypto/token.ts'
import { bearerOf } from '../http/bearer.ts'
import { digestTag } from '../http/etag.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { limitNearby, tooMany } from '../limits/limit.ts'
import { LIMITS } from '../limits/rules.ts'
import { addressKey, limitKey } from '../limits/store.ts'
import { pinMacs } from '../links/pin.ts'
import { notFound, type Problem, unauthenticated } from '../problem.ts'
import { joinWithoutLink } from '../room-users/join.ts'
import { elsewhere } from '../rooms/elsewhere.ts'
import { joinAnswer, keepFresh, viewOf } from './answer.ts'
import { joinFault } from './join-fault.ts'
import { mayWatch, refusal } from './may-watch.ts'
import { recordAtDoor } from './record-at-door.ts'
import { JoinAnswer, JoinRequest, RoomView } from './schema.ts'
import { joinThroughLink, type LinkGate, rejoin, type ViewRow, viewOfPerson } from './store.ts'
import { isPersonClaims, type PersonClaims } from './token.ts'

/** An id that no row has: what a wrong secret is looked up under, so that it costs as long as a right one. */
const NO_ID = 'a'.repeat(16)

async function join(call: Call<JoinRequest, undefined>): Promise<Response> {
  const { c, app, body, address } = call
  if (body.secret === undefined) return joinWithoutLink(call)
  const now = app.now()
  const key = await readRowKey(app.keys, 'link-secret', body.secret)
  const linkId = key?.id ?? NO_ID
  const again = await ownBearer(call, linkId)
  const keyVersion = key?.version ?? 0
  const known = again && (await rejoin(app.db, again, { slug: body.slug, keyVersion }, address, now))
  if (again && known) return admitted(call, known, { id: again.p, name: known.name }, now)

  await limitNearby(app, limitKey('join', addressKey(address)))
  const personId = newId()
  const macs = body.pin === undefined ? [] : await pinMacs(app.keys, linkId, body.pin)
  const joining = {
    personId,
    linkId,
    keyVersion,
    slug: body.slug,
    name: body.name,
    pinMacs: macs,
    address,
  }
  const { joined, counted, row, pin } = await joinThroughLink(app.db, joining, now)
  if (!counted) throw tooMany(LIMITS.join.window)
  // Unknown slug, unknown link, another room's link, a replaced secret: one answer, after the same work.
  if (!key || !row || row.keyVersion !== key.version) {
    app.audit.strangers('unknown link', call.address)
    throw notFound()
  }
  const verdict = mayWatch(row, now)
  if (verdict.state === 'refused') throw turnedAway(call, row, refusal(verdict.code, verdict))
  if (row.redirect !== null) throw elsewhere(row.redirect)
  if (!joined) throw turnedAway(call, row, joinFault(row, macs, pin, now))
  app.log.info('person.joined', {
    requestId: c.get('requestId'),
    room: row.roomId,
    link: row.linkId,
    person: personId,
  })
  const person = { id: personId, name: row.fixedName ?? body.name ?? row.label }
  recordAtDoor(call, row, { action: 'person.join', outcome: 'done', actor: { kind: 'person', ...person } })
  return admitted(call, row, person, now)
}

/**
 * What a page asks for before it knows what a link wants is no refusal worth a record. That a PIN is locked is recorded
 * when it comes to it, and not at each knock.
 */
const UNRECORDED = ['pin_required', 'name_required', 'pin_locked']

function turnedAway(call: Call<JoinRequest, undefined>, row: ViewRow & LinkGate, why: Problem): Problem {
  const name = row.fixedName ?? call.body.name ?? row.label
  if (!UNRECORDED.includes(why.code))
    recordAtDoor(call, row, {
      action: 'person.refused',
      outcome: 'refused',
      actor: { kind: 'person', id: null, name },
      params: { reason: why.code },
    })
  if (why.code === 'pin_wrong' && why.extra.triesLeft === 0)
    recordAtDoor(call, row, {
      action: 'link.lock',
      outcome: 'done',
      actor: SIGHTLINE,
    })
  return why
}

/** The claims of the caller's own earlier token, when it is genuine and of this link. */
async function ownBearer(
  { c, app }: Call<JoinRequest, undefined>,
  linkId: string,
): Promise<PersonClaims | undefined> {
  const token = bearerOf(c.req.header('authorization'))
  const claims = token && (await verifyToken(app.keys, 'person-token', token, app.now(), isPersonClaims))
  return claims && typeof claims !== 'string' && claims.l === linkId ? claims : undefined
}

async function admitted(
  call: Call<JoinRequest, undefined>,
  row: ViewRow,
  person: { id: string; name: string },
  now: number,
) {
  const answer: JoinAnswer = await joinAnswer(call, row, person, now)
  return call.c.json(answer, 200, NO_STORE)
}

async function view(call: Call<undefined, undefined>): Promise<Response> {
  const { c, app, person } = call
  const now = app.now()
  const row = await viewOfPerson(app.db, person, call.address, now)
  if (!row) throw unauthenticated()
  keepFresh(call, row)
  const seen = viewOf(call, row, { id: person.p, name: row.name }, now)
  const { now: _, ...lasting } = seen
  // Weak, because the clock in the answer moves on while the tag does not.
  return tagged(c, seen, `W/${await digestTag(lasting)}`)
}

export const peopleRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/join',
    who: 'anyone',
    shared: true,
    summary: 'Join a room: through a review link, with a name and a password, or with a token made elsewhere',
    body: JoinRequest,
    answers: { 200: JoinAnswer, 400: null, 403: null, 404: null, 409: null, 410: null, 429: null, 503: null },
    handle: join,
  }),
  route({
    method: 'get',
    path: '/api/room',
    who: 'person',
    shared: true,
    summary: 'The room as this person may see it',
    answers: { 200: RoomView, 304: null, 403: null, 410: null },
    handle: view,
  }),
]
