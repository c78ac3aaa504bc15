import { digestOf, newSecret } from '../crypto/digest.ts'
import { newId } from '../crypto/id.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import type { keyRights } from '../users/rights.ts'
import { type ApiKey, ApiKeyList, ApiKeyQuery, MadeApiKey, NewApiKey } from './schema.ts'
import { type ApiKeyRow, apiKeyText, createApiKey, listApiKeys, revokeApiKey } from './store.ts'

const keyOf = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  rights: JSON.parse(row.rights) as typeof keyRights,
  state: row.state,
  createdBy: row.createdBy === null ? null : { id: row.createdBy, name: row.createdByName ?? '' },
  createdAt: iso(row.createdAt)!,
  expiresAt: iso(row.expiresAt),
  lastUsedAt: iso(row.lastUsedAt),
  lastAddress: row.lastAddress,
  revokedAt: iso(row.revokedAt),
})

const who = { right: 'keys' } as const

const WITHIN = 'must be within 30 days: the identity provider alone signs you in'

export const apiKeyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/keys',
    who,
    summary: 'API keys, newest first',
    query: ApiKeyQuery,
    answers: { 200: ApiKeyList },
    async handle({ c, app, query }) {
      const { items, next } = await listApiKeys(app, query)
      return c.json({ items: items.map(keyOf), next }, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/keys',
    who,
    audit: { action: 'key.create', kind: 'key' },
    summary: 'Make an API key; it is shown this once',
    body: NewApiKey,
    answers: { 201: MadeApiKey, 403: null },
    async handle({ c, app, body, caller, tell }) {
      const now = app.now()
      const id = newId()
      tell({ id, name: body.name })
      const expiresAt = body.expiresAt ?? null
      if (expiresAt !== null && expiresAt <= now)
        throw invalid([{ field: 'expiresAt', detail: 'must be in the future' }])
      if (caller.kind === 'key')
        throw new Problem(403, 'forbidden', 'A key cannot make keys. Sign in, or use the automation token.')
      if (!body.rights.every(right => caller.rights.has(right)))
        throw new Problem(403, 'right_not_held', 'A key cannot have a right that you do not have.')
      const secret = apiKeyText(newSecret())
      const key = { id, name: body.name, hash: await digestOf(secret), rights: [...new Set(body.rights)] }
      const row = await createApiKey(app, { ...key, createdBy: caller.id, expiresAt })
      if (!row) throw invalid([{ field: 'expiresAt', detail: WITHIN }])
      return c.json({ key: keyOf(row), secret } satisfies MadeApiKey, 201, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/keys/:id',
    who,
    audit: { action: 'key.revoke', kind: 'key' },
    summary: 'Revoke an API key; its row stays',
    answers: { 204: null, 404: null },
    async handle({ c, app, params, tell }) {
      const name = await revokeApiKey(app.db, params.id!, app.now())
      if (name === undefined) throw notFound()
      tell({ name })
      return c.body(null, 204)
    },
  }),
]
