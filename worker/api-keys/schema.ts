import * as v from 'valibot'
import { instant, line } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { keyRights } from '../users/rights.ts'
import { keyStates } from './state.ts'

const time = v.nullable(v.string())

export const ApiKey = v.object({
  id: v.string(),
  name: v.string(),
  rights: v.array(v.picklist(keyRights)),
  state: v.picklist(keyStates),
  /** The user who made it; null when a machine did. It may never do more than they may now. */
  createdBy: v.nullable(v.object({ id: v.string(), name: v.string() })),
  createdAt: v.string(),
  expiresAt: time,
  lastUsedAt: time,
  lastAddress: v.nullable(v.string()),
  revokedAt: time,
})
export type ApiKey = v.InferOutput<typeof ApiKey>

/** The key itself, shown once. */
export const MadeApiKey = v.object({ key: ApiKey, secret: v.string() })
export type MadeApiKey = v.InferOutput<typeof MadeApiKey>

export const NewApiKey = v.strictObject({
  name: line(80),
  rights: v.pipe(
    v.array(v.picklist(keyRights, `must be one of ${keyRights.join(', ')}`), 'must be a list'),
    v.minLength(1, 'must have at least one entry'),
    v.maxLength(keyRights.length, `must have at most ${keyRights.length} entries`),
  ),
  expiresAt: v.optional(v.nullable(instant)),
})
export type NewApiKey = v.InferOutput<typeof NewApiKey>

export const ApiKeyQuery = v.strictObject(page)
export const ApiKeyList = v.object({ items: v.array(ApiKey), next: v.nullable(v.string()) })
export type ApiKeyList = v.InferOutput<typeof ApiKeyList>
