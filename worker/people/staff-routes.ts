import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import type { Grant, Role } from '../links/permissions.ts'
import type { Act } from '../live/acts/acts.ts'
import { carryOut } from '../live/acts/store.ts'
import type { Somebody } from '../live/messages/fields.ts'
import type { Present } from '../live/snapshot.ts'
import { notFound, Problem } from '../problem.ts'
import { getRoom } from '../rooms/store.ts'
import { type ListedRow, listPeople } from './listed.ts'
import { Admitted, Kick, type ListedPerson, Marking, PeopleList, Refusal } from './staff-schema.ts'

/** What acting on people needs of a call. */
type Acting = Pick<Call<never, never>, 'app' | 'after' | 'params' | 'tell'>

/** @param present as the room's live channel says; undefined = no page of theirs is connected */
function personOf(row: ListedRow, present: Present | undefined): ListedPerson {
  const { removedAt } = row
  const waitingFor = present ? present.waitingFor : row.lockedAt === null ? 'admission' : 'unlock'
  const state = removedAt !== null ? 'removed' : waitingFor === null ? 'here' : 'waiting'
  return {
    id: row.id,
    name: row.name,
    link: { id: row.linkId, label: row.linkLabel },
    role: row.role as Role | null,
    permissions: JSON.parse(row.permissions) as Grant[],
    state,
    waitingFor: state === 'waiting' ? waitingFor : null,
    connected: present !== undefined && state !== 'removed',
    since: iso(removedAt ?? present?.since ?? row.joinedAt)!,
    watermark: row.watermark,
    reason: row.removedReason,
  }
}

/**
 * Does something to a person of the room; its live channel learns of it at once.
 * @throws {Problem} 404 when there is no such person, or it is done already
 */
async function act(call: Acting, what: Act): Promise<Somebody[]> {
  const { app, params, after, tell } = call
  const outcome = await carryOut(app.db, params.id!, what, 'staff', app.now())
  if ('refused' in outcome) throw outcome.refused === 'not_here' ? notFound() : foreignLink()
  const [first] = outcome.done
  if (what.do !== 'admit' || what.ids !== 'all') tell(first ? { name: first.name } : {})
  after('live.changed', () => app.live.changed(params.id!))
  return outcome.done
}

const foreignLink = () =>
  new Problem(
    409,
    'foreign_link',
    'The link of this person opens every room. Remove the person alone, or revoke the link where it was made.',
  )

const addressUnknown = () =>
  new Problem(
    409,
    'address_unknown',
    'The address of this person is not known, because no page of theirs is connected. Remove them without it.',
  )

const one = (personId: string) => [personId] as const
const path = (doing: string) => `/api/rooms/:id/people/:personId/${doing}`
const who = { right: 'links:write' } as const
const answers = { 204: null, 404: null }

export const staffPeopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms/:id/people',
    who: { right: 'links:read' },
    summary: 'Who is in the room, waits before its door, or was removed',
    answers: { 200: PeopleList, 404: null },
    async handle({ c, app, params }) {
      const present = await app.live.snapshot(params.id!)
      const byId = new Map(present.map(person => [person.id, person]))
      const rows = await listPeople(app.db, params.id!, [...byId.keys()])
      if (!rows) throw notFound()
      const items = rows.map(row => personOf(row, byId.get(row.id)))
      return c.json({ items, next: null } satisfies PeopleList, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/people/admit-all',
    who,
    audit: { action: 'person.admit', kind: 'room' },
    summary: 'Let in everybody who waits before the door',
    answers: { 200: Admitted, 404: null },
    async handle(call) {
      const { app, params } = call
      const done = await act(call, { do: 'admit', ids: 'all' })
      if (!done.length && !(await getRoom(app.db, params.id!, app.now()))) throw notFound()
      call.tell({ params: { admitted: done.length, people: done.map(({ name }) => name) } })
      return call.c.json({ admitted: done.length } satisfies Admitted, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: path('admit'),
    who,
    audit: { action: 'person.admit', kind: 'person' },
    summary: 'Let in somebody who waits before the door',
    answers,
    async handle(call) {
      await act(call, { do: 'admit', ids: one(call.params.personId!) })
      return call.c.body(null, 204)
    },
  }),
  route({
    method: 'post',
    path: path('refuse'),
    who,
    audit: { action: 'person.turn-away', kind: 'person' },
    summary: 'Turn away somebody who waits before the door, for good',
    body: Refusal,
    answers,
    async handle(call) {
      await act(call, {
        do: 'refuse',
        ids: one(call.params.personId!),
        reason: call.body.reason ?? null,
      })
      return call.c.body(null, 204)
    },
  }),
  route({
    method: 'post',
    path: path('kick'),
    who,
    audit: { action: 'person.kick', kind: 'person' },
    summary: 'Remove somebody, with their seats, for good',
    body: Kick,
    answers: { ...answers, 409: null },
    async handle(call) {
      const { app, params, body } = call
      const { reason = null, ban = [] } = body
      const id = params.personId!
      const byAddress = ban.includes('address')
      const present = byAddress ? await app.live.snapshot(params.id!) : []
      const addresses = present.find(person => person.id === id)?.addresses ?? []
      if (byAddress && !addresses.length) throw addressUnknown()
      await act(call, { do: 'kick', id, reason, link: ban.includes('link'), addresses })
      return call.c.body(null, 204)
    },
  }),
  route({
    method: 'put',
    path: path('watermark'),
    who,
    audit: { action: 'person.watermark', kind: 'person' },
    summary: 'Mark somebody’s picture, or leave that to their link',
    body: Marking,
    answers,
    async handle(call) {
      const { mode } = call.body
      await act(call, { do: 'watermark', id: call.params.personId!, mode })
      return call.c.body(null, 204)
    },
  }),
  route({
    method: 'post',
    path: path('pardon'),
    who,
    audit: { action: 'person.pardon', kind: 'person' },
    summary: 'Take back that somebody was removed, with what keeps their address out',
    answers,
    async handle(call) {
      await act(call, { do: 'pardon', id: call.params.personId! })
      return call.c.body(null, 204)
    },
  }),
]
