import * as v from 'valibot'
import { rights, roles } from '../users/rights.ts'
import { callerKinds } from './caller.ts'

const time = v.nullable(v.string())

/** `GET /api/session`: who is calling, what they may, and what they talk to. */
export const Session = v.object({
  kind: v.picklist(callerKinds),
  /** The signed-in user; null for machines. */
  user: v.nullable(v.object({ id: v.string(), name: v.string(), role: v.picklist(roles) })),
  /** A user's role; machines count as an admin. */
  role: v.picklist(roles),
  rights: v.array(v.picklist(rights)),
  demo: v.boolean(),
  version: v.string(),
  publicUrl: v.nullable(v.string()),
  originConfigured: v.boolean(),
})
export type Session = v.InferOutput<typeof Session>

/** After signing in: a user's session has begun (the cookie is set), or a guest has a passkey and no more. */
export const SignedIn = v.object({
  user: v.object({ id: v.string(), name: v.string(), role: v.picklist(roles) }),
})
export type SignedIn = v.InferOutput<typeof SignedIn>

/** A browser that is signed in. */
export const SessionItem = v.object({
  id: v.string(),
  current: v.boolean(),
  via: v.picklist(['passkey', 'oidc']),
  address: v.nullable(v.string()),
  userAgent: v.nullable(v.string()),
  createdAt: v.string(),
  seenAt: v.string(),
  endsAt: time,
})
export const SessionList = v.object({ items: v.array(SessionItem), next: v.null() })
export type SessionList = v.InferOutput<typeof SessionList>

/** The rights matrix, as the pages show it. */
export const RightsMatrix = v.object({
  roles: v.array(v.picklist(roles)),
  rights: v.array(
    v.object({ right: v.picklist(rights), says: v.string(), roles: v.array(v.picklist(roles)) }),
  ),
})
export type RightsMatrix = v.InferOutput<typeof RightsMatrix>
