import type { AuditEntry } from '../audit/record.ts'
import { newId } from '../crypto/id.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { type Grant, grantSet } from '../links/permissions.ts'
import type { LinkRow } from '../links/store.ts'
import { baseOf, linkOf } from '../links/view.ts'
import { changeFault, type Inviter, inviterFault, makingFault, permissionsOf, USUAL_LIFE } from './rule.ts'
import { Invitation, InvitationChange, InvitationList, NewInvitation } from './schema.ts'
import { type Asking, changeInvitation, listInvitations, makeInvitation } from './store.ts'

type AnyCall = Pick<Call<unknown, unknown>, 'app' | 'person' | 'address' | 'c' | 'tell'>

const askingOf = ({ app, person, address }: AnyCall): Asking => ({ person, address, now: app.now() })

/** The secret of a link that may more than its reader does is not told. */
async function shown({ app, c }: AnyCall, row: LinkRow, inviter: Inviter): Promise<Invitation> {
  const link = await linkOf(app, baseOf(app, c.req.url), row, app.now())
  const own = permissionsOf(inviter)
  const { id, label, role, permissions, name, startsAt, endsAt, maxUses, uses, state, opens, madeBy } = link
  const isWithin = permissions.every((grant: Grant) => own.includes(grant))
  return {
    ...{ id, label, role, permissions, name, startsAt, endsAt, maxUses, uses, state, opens, madeBy },
    createdAt: link.createdAt,
    url: isWithin ? link.url : null,
  }
}

const actorOf = ({ personId, name }: Inviter): AuditEntry['actor'] => ({ kind: 'person', id: personId, name })

async function make(call: Call<NewInvitation, undefined>): Promise<Response> {
  const { app, body, c, tell } = call
  const asking = askingOf(call)
  const id = newId()
  const given = body.role || body.permissions ? grantSet(body.role, body.permissions) : null
  const opens = body.opens ?? 'room'
  const { row, inviter } = await makeInvitation(app.db, asking, {
    id,
    label: body.label ?? body.name ?? 'Invitation',
    fixedName: body.name ?? null,
    role: body.role ?? null,
    permissions: given,
    startsAt: body.startsAt ?? null,
    endsAt: body.endsAt ?? asking.now + USUAL_LIFE,
    maxUses: body.maxUses ?? null,
    opens,
  })
  if (inviter) tell({ actor: actorOf(inviter), room: inviter.roomId })
  if (!row)
    throw inviterFault(inviter, asking.now) ?? makingFault(inviter!, { permissions: given ?? [], opens })
  tell({ id, name: row.label })
  return c.json(await shown(call, row, inviter!), 201, NO_STORE)
}

async function list(call: Call<undefined, undefined>): Promise<Response> {
  const asking = askingOf(call)
  const { rows, inviter } = await listInvitations(call.app.db, asking)
  const fault = inviterFault(inviter, asking.now)
  if (fault) throw fault
  const items = await Promise.all(rows.map(row => shown(call, row, inviter!)))
  return call.c.json({ items, next: null } satisfies InvitationList, 200, NO_STORE)
}

async function change(
  call: Call<unknown, undefined>,
  endsAt: number | null,
): Promise<{ row: LinkRow; inviter: Inviter }> {
  const { app, params, tell, after } = call
  const asking = askingOf(call)
  const { changed, row, inviter } = await changeInvitation(app.db, asking, params.linkId!, endsAt)
  if (inviter) tell({ actor: actorOf(inviter), room: inviter.roomId, ...(row ? { name: row.label } : {}) })
  if (!changed) throw inviterFault(inviter, asking.now) ?? changeFault(inviter!, row)
  after('live.changed', () => app.live.changed(row!.roomId))
  return { row: row!, inviter: inviter! }
}

/** Links made by people in a room: no stronger than themselves, and of this room only. */
export const invitationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/room/links',
    who: 'person',
    summary: 'The links of the room that this person may see: a host all, others their own',
    answers: { 200: InvitationList, 403: null, 409: null, 410: null },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/api/room/links',
    who: 'person',
    audit: { action: 'link.create', kind: 'link' },
    summary: 'Invite somebody; needs token',
    body: NewInvitation,
    answers: { 201: Invitation, 403: null, 409: null, 410: null, 429: null },
    handle: make,
  }),
  route({
    method: 'patch',
    path: '/api/room/links/:linkId',
    who: 'person',
    audit: { action: 'link.change', kind: 'link' },
    summary: 'Give a link of this room another end; needs token',
    body: InvitationChange,
    answers: { 200: Invitation, 403: null, 404: null, 409: null, 410: null },
    async handle(call) {
      const { row, inviter } = await change(call, call.body.endsAt)
      return call.c.json(await shown(call, row, inviter), 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/room/links/:linkId',
    who: 'person',
    audit: { action: 'link.revoke', kind: 'link' },
    summary: 'Revoke a link of this room; needs token',
    answers: { 204: null, 403: null, 404: null, 409: null, 410: null },
    async handle(call) {
      await change(call, null)
      return call.c.body(null, 204)
    },
  }),
]
