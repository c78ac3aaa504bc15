import type { Caller } from '../auth/caller.ts'
import { newId } from '../crypto/id.ts'
import type { App } from '../deps.ts'
import { digestTag, ifMatchVersion, versionTag } from '../http/etag.ts'
import { endBeforeStart } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { changedMeanwhile, invalid, notFound, Problem } from '../problem.ts'
import { grantSet } from './permissions.ts'
import { pinMac } from './pin.ts'
import { Link, LinkChange, LinkList, LinkQuery, NewLink, NOT_FOR_INVITATIONS } from './schema.ts'
import {
  changeLink,
  createLink,
  getLink,
  type LinkFields,
  type LinkRow,
  listLinks,
  type NewLinkFields,
} from './store.ts'
import { baseOf, linkOf } from './view.ts'

/** The columns that a request decides; absent fields stay absent. */
async function fieldsOf(app: App, linkId: string, body: LinkChange): Promise<Partial<LinkFields>> {
  const fields: Partial<LinkFields> = {}
  if (body.label !== undefined) fields.label = body.label
  if (body.role !== undefined || body.permissions !== undefined) {
    fields.role = body.role ?? null
    fields.permissions = grantSet(body.role, body.permissions)
  }
  if (body.name !== undefined) fields.fixed_name = body.name
  if (body.askName !== undefined) fields.ask_name = body.askName
  if (body.pin !== undefined)
    fields.pin_mac = body.pin === null ? null : await pinMac(app.keys, linkId, body.pin)
  if (body.startsAt !== undefined) fields.starts_at = body.startsAt
  if (body.endsAt !== undefined) fields.ends_at = body.endsAt
  if (body.maxUses !== undefined) fields.max_uses = body.maxUses
  if (body.maxDevices !== undefined) fields.max_devices = body.maxDevices
  if (body.waitingRoom !== undefined) fields.waiting_room = body.waitingRoom
  if (body.watermark !== undefined) fields.watermark = body.watermark
  if (body.opens !== undefined) fields.opens = body.opens
  return fields
}

const opensTooMuch = () =>
  new Problem(
    403,
    'opens_everything',
    'Only owners make and change links that open every room. You can take one back.',
  )

/** Whether a caller may make and change links that open every room. */
const mayOpenAll = (caller: Caller): boolean => caller.rights.has('links:everywhere')

/** Taking a link back is the one change of a link that opens every room which is not a way to make one. */
const onlyRevokes = ({ revoked, ...rest }: LinkChange): boolean =>
  revoked === true && Object.values(rest).every(value => value === undefined)

/** Why a change did not happen. */
function changeFault(
  row: LinkRow,
  version: number | undefined,
  body: LinkChange,
  everywhere: boolean,
): Problem {
  if (!everywhere && row.opens === 'everything') return opensTooMuch()
  if (version !== undefined && row.version !== version) return changedMeanwhile()
  const field = (['name', 'askName', 'pin'] as const).find(name => body[name])
  return row.inviteKind !== null && field
    ? invalid([{ field, detail: NOT_FOR_INVITATIONS }])
    : endBeforeStart()
}

export const linkRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms/:id/links',
    who: { right: 'links:read' },
    summary: "A room's links, newest first",
    query: LinkQuery,
    answers: { 200: LinkList, 304: null, 404: null },
    async handle({ c, app, params, query }) {
      const now = app.now()
      const page = await listLinks(app.db, params.id!, query, now)
      if (!page) throw notFound()
      const base = baseOf(app, c.req.url)
      const body = {
        items: await Promise.all(page.items.map(row => linkOf(app, base, row, now))),
        next: page.next,
      }
      return tagged(c, body, await digestTag(body), 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/links',
    who: { right: 'links:write' },
    audit: { action: 'link.create', kind: 'link' },
    summary: 'Make a review link',
    body: NewLink,
    answers: { 201: Link, 404: null },
    async handle({ c, app, params, body, caller, tell }) {
      const now = app.now()
      if (body.opens === 'everything' && !mayOpenAll(caller)) throw opensTooMuch()
      if (body.startsAt != null && body.endsAt != null && body.endsAt <= body.startsAt) throw endBeforeStart()
      const id = newId()
      const role = body.role ?? (body.permissions ? undefined : 'observer')
      const fields: NewLinkFields = {
        fixed_name: null,
        ask_name: false,
        pin_mac: null,
        starts_at: null,
        ends_at: null,
        max_uses: null,
        max_devices: null,
        waiting_room: false,
        watermark: null,
        opens: 'room',
        ...(await fieldsOf(app, id, body)),
        label: body.label,
        role: role ?? null,
        permissions: grantSet(role, body.permissions),
        invite_kind: body.invite?.kind ?? null,
        invite_value: body.invite?.value ?? null,
      }
      const row = await createLink(app.db, params.id!, id, fields, now)
      if (!row) throw notFound()
      tell({ id, name: row.label })
      const link = await linkOf(app, baseOf(app, c.req.url), row, now)
      const headers = { Location: `/api/rooms/${row.roomId}/links/${row.id}`, ...NO_STORE }
      return tagged(c, link, await versionTag(row.version, link), 201, headers)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/links/:linkId',
    who: { right: 'links:read' },
    summary: 'One link',
    answers: { 200: Link, 304: null, 404: null },
    async handle({ c, app, params }) {
      const now = app.now()
      const row = await getLink(app.db, params.id!, params.linkId!, now)
      if (!row) throw notFound()
      const link = await linkOf(app, baseOf(app, c.req.url), row, now)
      return tagged(c, link, await versionTag(row.version, link), 200, NO_STORE)
    },
  }),
  route({
    method: 'patch',
    path: '/api/rooms/:id/links/:linkId',
    who: { right: 'links:write' },
    audit: { action: 'link.change', kind: 'link' },
    summary: 'Change, extend, revoke or give back a link',
    body: LinkChange,
    answers: { 200: Link, 404: null, 412: null },
    async handle({ c, app, params, body, caller, tell, after }) {
      const now = app.now()
      const version = ifMatchVersion(c.req.header('if-match'))
      if (body.opens === 'everything' && !mayOpenAll(caller)) throw opensTooMuch()
      const everywhere = mayOpenAll(caller) || onlyRevokes(body)
      const fields = await fieldsOf(app, params.linkId!, body)
      const change = { fields, revoked: body.revoked, everywhere }
      const { changed, row } = await changeLink(app.db, params.id!, params.linkId!, change, version, now)
      if (!row) throw notFound()
      tell({ name: row.label, ...(body.revoked ? { action: 'link.revoke' } : {}) })
      if (!changed) throw changeFault(row, version, body, everywhere)
      after('live.changed', () => app.live.changed(row.roomId))
      const link = await linkOf(app, baseOf(app, c.req.url), row, now)
      return tagged(c, link, await versionTag(row.version, link), 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id/links/:linkId',
    who: { right: 'links:write' },
    audit: { action: 'link.revoke', kind: 'link' },
    summary: 'Revoke a link; its row stays',
    answers: { 204: null, 404: null, 412: null },
    async handle({ c, app, params, tell, after }) {
      const version = ifMatchVersion(c.req.header('if-match'))
      const change = { fields: {}, revoked: true, everywhere: true }
      const { changed, row } = await changeLink(
        app.db,
        params.id!,
        params.linkId!,
        change,
        version,
        app.now(),
      )
      if (!row) throw notFound()
      tell({ name: row.label })
      if (!changed) throw changedMeanwhile()
      after('live.changed', () => app.live.changed(row.roomId))
      return c.body(null, 204)
    },
  }),
]
