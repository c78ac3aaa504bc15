import type { Who } from '../../worker/http/route.ts'
import type { Right } from '../../worker/users/rights.ts'

/** Everybody who may come: users by role, the deployment's token, the starter, a key with one other right, a stranger. */
export type CallerName = 'owner' | 'admin' | 'operator' | 'guest' | 'token' | 'start' | 'key' | 'stranger'

/**
 * One row for every route: who may call it, a call that goes through, and its answer. `ROOM` and `LINK` stand for the
 * ids of ones that are there. A route without a row fails the first test.
 */
interface Row {
  who: Who
  /** The callers who may, written out by hand; an API key may with the right in `who`. */
  may: readonly CallerName[]
  /** No API key may, whatever right it has. */
  noKey?: true
  json?: object
  status: number
}

/** Looks like a passkey's answer and is none. */
const credential = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'x' } }

/** A provider that does not answer as one. */
const PROVIDER = { issuer: 'https://id.example', clientId: 'x', clientSecret: null, name: 'x', allow: [] }

const to = (right: Right) => ({ right })

const people = ['owner', 'admin', 'operator'] as const
const staff = ['owner', 'admin', 'operator', 'token'] as const
/** And the starter, for the demonstration's room. */
const shown = [...staff, 'start'] as const
const admins = ['owner', 'admin', 'token'] as const
const signedIn = ['owner', 'admin', 'operator', 'token', 'start', 'key'] as const
const everybody = [...signedIn, 'guest', 'stranger'] as const
const nobody = [] as const

const rows: Record<string, Row> = {
  'GET /healthz': { who: 'anyone', may: everybody, status: 200 },
  'GET /readyz': { who: 'anyone', may: everybody, status: 200 },
  'GET /.well-known/jwks.json': { who: 'anyone', may: everybody, status: 200 },
  'GET /.well-known/security.txt': { who: 'anyone', may: everybody, status: 404 },
  'GET /api/openapi.json': { who: 'anyone', may: everybody, status: 200 },
  'GET /api/session': { who: { right: null }, may: signedIn, status: 200 },
  'GET /metrics': { who: to('metrics'), may: admins, status: 200 },
  'POST /v1/admission': { who: 'origin', may: nobody, json: {}, status: 200 },
  'POST /v1/admission/:originId': { who: 'origin', may: nobody, json: {}, status: 200 },
  'POST /v1/alerts': { who: 'origin', may: nobody, json: {}, status: 200 },
  'POST /v1/alerts/:originId': { who: 'origin', may: nobody, json: {}, status: 200 },
  'GET /api/rooms': { who: to('rooms:read'), may: shown, status: 200 },
  'POST /api/rooms': { who: to('rooms:write'), may: shown, json: { title: 'x' }, status: 201 },
  'GET /api/rooms/:id': { who: to('rooms:read'), may: shown, status: 200 },
  'PATCH /api/rooms/:id': { who: to('rooms:write'), may: shown, json: {}, status: 200 },
  'DELETE /api/rooms/:id': { who: to('rooms:delete'), may: admins, status: 204 },
  'POST /api/import/galene': {
    who: to('rooms:write'),
    may: shown,
    json: { name: 'group', definition: {} },
    status: 201,
  },
  'GET /api/rooms/:id/export/galene': { who: to('links:write'), may: shown, status: 200 },
  'GET /api/rooms/:id/users': { who: to('links:read'), may: shown, status: 200 },
  'POST /api/rooms/:id/users': { who: to('links:write'), may: shown, json: { name: 'x' }, status: 201 },
  'GET /api/rooms/:id/users/:linkId': { who: to('links:read'), may: shown, status: 404 },
  'PATCH /api/rooms/:id/users/:linkId': { who: to('links:write'), may: shown, json: {}, status: 404 },
  'DELETE /api/rooms/:id/users/:linkId': { who: to('links:write'), may: shown, status: 404 },
  'POST /api/room-users/password': {
    who: 'anyone',
    may: everybody,
    json: { slug: 'x', username: 'x', password: 'x', newPassword: 'x'.repeat(8) },
    status: 404,
  },
  'GET /api/rooms/:id/ingest': { who: to('ingest'), may: shown, status: 200 },
  'POST /api/rooms/:id/ingest/rotate': { who: to('ingest'), may: shown, status: 200 },
  'GET /api/rooms/:id/seats': { who: to('rooms:read'), may: shown, status: 200 },
  'GET /api/rooms/:slug/status': { who: 'anyone', may: everybody, status: 404 },
  'GET /api/public-rooms': { who: 'anyone', may: everybody, status: 200 },
  'GET /api/rooms/:id/streams': { who: to('rooms:read'), may: shown, status: 200 },
  'POST /api/rooms/:id/streams': {
    who: to('rooms:write'),
    may: shown,
    json: { label: 'Camera', kind: 'camera' },
    status: 201,
  },
  'PATCH /api/rooms/:id/streams/:streamId': { who: to('rooms:write'), may: shown, json: {}, status: 404 },
  'DELETE /api/rooms/:id/streams/:streamId': { who: to('rooms:write'), may: shown, status: 404 },
  'GET /api/rooms/:id/streams/:streamId/ingest': { who: to('ingest'), may: shown, status: 404 },
  'POST /api/rooms/:id/streams/:streamId/ingest/rotate': { who: to('ingest'), may: shown, status: 404 },
  'GET /api/rooms/:id/subrooms': { who: to('rooms:read'), may: shown, status: 200 },
  'POST /api/rooms/:id/subrooms': { who: to('rooms:write'), may: shown, json: { name: 'x' }, status: 201 },
  'GET /api/rooms/:id/subrooms/:name': { who: to('rooms:read'), may: shown, status: 404 },
  'PATCH /api/rooms/:id/subrooms/:name': { who: to('rooms:write'), may: shown, json: {}, status: 404 },
  'DELETE /api/rooms/:id/subrooms/:name': { who: to('rooms:write'), may: shown, status: 404 },
  'GET /api/rooms/:id/timecode': { who: to('rooms:read'), may: shown, status: 404 },
  'PUT /api/rooms/:id/timecode': {
    who: to('rooms:write'),
    may: shown,
    json: { rate: '25', timecode: '01:00:00:00' },
    status: 200,
  },
  'DELETE /api/rooms/:id/timecode': { who: to('rooms:write'), may: shown, status: 204 },
  'GET /api/room/notes': { who: 'person', may: nobody, status: 200 },
  'GET /api/room/export/notes': { who: 'person', may: nobody, status: 400 },
  'GET /api/rooms/:id/export/notes': { who: to('rooms:read'), may: shown, status: 400 },
  'GET /api/rooms/:id/notes': { who: to('rooms:read'), may: shown, status: 200 },
  'DELETE /api/rooms/:id/notes/:noteId': { who: to('rooms:write'), may: shown, status: 404 },
  'GET /api/rooms/:id/people': { who: to('links:read'), may: shown, status: 200 },
  'POST /api/rooms/:id/people/admit-all': { who: to('links:write'), may: shown, status: 200 },
  'POST /api/rooms/:id/people/:personId/admit': { who: to('links:write'), may: shown, status: 404 },
  'POST /api/rooms/:id/people/:personId/refuse': {
    who: to('links:write'),
    may: shown,
    json: {},
    status: 404,
  },
  'POST /api/rooms/:id/people/:personId/kick': { who: to('links:write'), may: shown, json: {}, status: 404 },
  'PUT /api/rooms/:id/people/:personId/watermark': {
    who: to('links:write'),
    may: shown,
    json: { mode: 'corner' },
    status: 404,
  },
  'POST /api/rooms/:id/people/:personId/pardon': { who: to('links:write'), may: shown, status: 404 },
  'GET /api/rooms/:id/links': { who: to('links:read'), may: shown, status: 200 },
  'POST /api/rooms/:id/links': { who: to('links:write'), may: shown, json: { label: 'x' }, status: 201 },
  'GET /api/rooms/:id/links/:linkId': { who: to('links:read'), may: shown, status: 200 },
  'PATCH /api/rooms/:id/links/:linkId': { who: to('links:write'), may: shown, json: {}, status: 200 },
  'DELETE /api/rooms/:id/links/:linkId': { who: to('links:write'), may: shown, status: 204 },
  'DELETE /api/session': { who: to('account'), may: people, status: 204 },
  'GET /api/account/sessions': { who: to('account'), may: people, status: 200 },
  'DELETE /api/account/sessions': { who: to('account'), may: people, status: 204 },
  'DELETE /api/account/sessions/:id': { who: to('account'), may: people, status: 404 },
  'GET /api/account/passkeys': { who: to('account'), may: people, status: 200 },
  'POST /api/account/passkey/options': { who: to('account'), may: people, status: 200 },
  'POST /api/account/passkeys': {
    who: to('account'),
    may: people,
    json: { response: credential },
    status: 403,
  },
  'PATCH /api/account/passkeys/:id': { who: to('account'), may: people, json: { name: 'x' }, status: 404 },
  'DELETE /api/account/passkeys/:id': { who: to('account'), may: people, status: 404 },
  'GET /api/rights': { who: { right: null }, may: signedIn, status: 200 },
  'POST /api/auth/passkey/options': { who: 'anyone', may: everybody, status: 200 },
  'POST /api/auth/passkey': { who: 'anyone', may: everybody, json: { response: credential }, status: 403 },
  'GET /api/auth/methods': { who: 'anyone', may: everybody, status: 200 },
  'POST /api/auth/oidc/start': { who: 'anyone', may: everybody, json: { for: 'admin' }, status: 404 },
  'POST /api/auth/oidc/finish': { who: 'anyone', may: everybody, json: { query: 'x' }, status: 404 },
  'GET /api/settings/oidc': { who: to('settings'), may: ['owner'], status: 200 },
  'PUT /api/settings/oidc': { who: to('settings'), may: ['owner'], json: PROVIDER, status: 409 },
  'DELETE /api/settings/oidc': { who: to('settings'), may: ['owner'], status: 204 },
  'POST /api/auth/link': { who: 'anyone', may: everybody, json: { secret: 'x' }, status: 404 },
  'POST /api/auth/link/options': { who: 'anyone', may: everybody, json: { secret: 'x' }, status: 404 },
  'POST /api/auth/link/passkey': {
    who: 'anyone',
    may: everybody,
    json: { secret: 'x', response: credential },
    status: 404,
  },
  'POST /api/setup-link': { who: { right: null }, may: ['start'], status: 403 },
  'GET /api/users': { who: to('users:read'), may: admins, status: 200 },
  'POST /api/users': {
    who: to('users:write'),
    may: admins,
    json: { name: 'x', role: 'operator' },
    status: 201,
  },
  'GET /api/users/:id': { who: to('users:read'), may: admins, status: 404 },
  'PATCH /api/users/:id': { who: to('users:write'), may: admins, json: {}, status: 404 },
  'DELETE /api/users/:id': { who: to('users:write'), may: admins, status: 404 },
  'POST /api/users/:id/invitation': { who: to('users:write'), may: admins, status: 404 },
  'GET /api/keys': { who: to('keys'), may: admins, status: 200 },
  'POST /api/keys': {
    who: to('keys'),
    may: admins,
    noKey: true,
    json: { name: 'x', rights: ['rooms:read'] },
    status: 201,
  },
  'DELETE /api/keys/:id': { who: to('keys'), may: admins, status: 404 },
  'GET /api/audit': { who: to('audit:read'), may: admins, status: 200 },
  'GET /api/audit/export': { who: to('audit:read'), may: admins, status: 200 },
  'GET /api/rooms/:id/attendance': { who: to('attendance:read'), may: staff, status: 200 },
  'GET /api/rooms/:id/attendance.csv': { who: to('attendance:read'), may: staff, status: 200 },
  'POST /api/join': { who: 'anyone', may: everybody, json: { slug: 'x', secret: 'x' }, status: 404 },
  'GET /api/room': { who: 'person', may: nobody, status: 200 },
  'GET /api/room/links': { who: 'person', may: nobody, status: 200 },
  'POST /api/room/links': { who: 'person', may: nobody, json: {}, status: 201 },
  'PATCH /api/room/links/:linkId': {
    who: 'person',
    may: nobody,
    json: { endsAt: '2027-01-01T00:00:00Z' },
    status: 409,
  },
  'DELETE /api/room/links/:linkId': { who: 'person', may: nobody, status: 403 },
  'GET /api/blocks': { who: to('blocks'), may: admins, status: 200 },
  'POST /api/blocks': { who: to('blocks'), may: admins, json: { block: '198.51.100.0/24' }, status: 201 },
  'DELETE /api/blocks/:id': { who: to('blocks'), may: admins, status: 404 },
  // Only with a person's token among its subprotocols: test/contract/live.ts.
  'GET /api/live': { who: 'anyone', may: nobody, status: 401 },
  'GET /api/ice': { who: 'person', may: nobody, status: 200 },
  'GET /api/room/stills': { who: 'person', may: nobody, status: 200 },
  'POST /api/room/stills': { who: 'person', may: nobody, status: 400 },
  'GET /api/room/stills/:stillId': { who: 'person', may: nobody, status: 404 },
  'DELETE /api/room/stills/:stillId': { who: 'person', may: nobody, status: 404 },
  'GET /api/rooms/:id/stills': { who: to('rooms:read'), may: shown, status: 200 },
  'GET /api/rooms/:id/stills/:stillId': { who: to('rooms:read'), may: shown, status: 404 },
  'DELETE /api/rooms/:id/stills/:stillId': { who: to('rooms:write'), may: shown, status: 404 },
  'GET /api/clock': { who: 'anyone', may: everybody, status: 200 },
  // Only with a chart link's token, which nobody among these has.
  'GET /api/chart': { who: 'anyone', may: nobody, status: 401 },
  'POST /api/room/chart': { who: 'person', may: nobody, status: 201 },
  'POST /api/rooms/:id/chart': { who: to('rooms:write'), may: shown, status: 201 },
  'POST /api/playback': { who: 'person', may: nobody, json: {}, status: 200 },
}

export const routeRows = Object.entries(rows).map(([name, row]) => {
  const [method, path] = name.split(' ') as [string, string]
  return { name, method, path, ...row }
})
