import type { Context } from 'hono'
import { dropCookie, putCookie, secretIn } from '../auth/cookies.ts'
import { digestOf, newSecret } from '../crypto/digest.ts'
import { first, type InStatement, sql } from '../db.ts'
import type { App } from '../deps.ts'

/**
 * A WebAuthn ceremony between its options and its answer. The challenge is bound to the browser by a cookie of its own,
 * to what it is for, and to whom; it can be taken once, within five minutes.
 */
export type CeremonyKind = 'sign-in' | 'link' | 'add'

const COOKIE = 'sightline-ceremony'

/** ms */
export const CEREMONY_MS = 300_000

/** Whom a ceremony is for, where that is known before it: a signed-in user, or a one-time link. */
export interface CeremonyFor {
  userId?: string | undefined
  linkId?: string | undefined
  /** What the ceremony needs to know at its end. */
  data?: string | undefined
}

/** Begins a ceremony: keeps the challenge and gives the browser its half. Another one that it had begun is forgotten. */
export async function beginCeremony(
  app: App,
  c: Context,
  kind: CeremonyKind,
  challenge: string,
  { userId, linkId, data }: CeremonyFor = {},
): Promise<void> {
  const before = secretIn(c, COOKIE)
  const secret = newSecret()
  await app.db.batch(
    [
      ...(before === undefined ? [] : [forget(await digestOf(before))]),
      sql(
        `INSERT INTO ceremonies (hash, kind, challenge, user_id, link_id, data, expires_at)
         VALUES (:hash, :kind, :challenge, :userId, :linkId, :data, :expiresAt)`,
        {
          hash: await digestOf(secret),
          kind,
          challenge,
          userId: userId ?? null,
          linkId: linkId ?? null,
          data: data ?? null,
          expiresAt: app.now() + CEREMONY_MS,
        },
      ),
    ],
    'write',
  )
  putCookie(c, COOKIE, secret)
}

const forget = (hash: string): InStatement => sql('DELETE FROM ceremonies WHERE hash = :hash', { hash })

/** What the end of a ceremony finds. */
export interface Ceremony {
  challenge: string
  data: string | null
}

/**
 * Takes this browser's ceremony, whatever becomes of it: a challenge answers once. Undefined when there is none of this
 * kind for this user or link, or it is too late.
 */
export async function takeCeremony(
  app: App,
  c: Context,
  kind: CeremonyKind,
  { userId, linkId }: Omit<CeremonyFor, 'data'> = {},
): Promise<Ceremony | undefined> {
  const secret = secretIn(c, COOKIE)
  if (!secret) return undefined
  dropCookie(c, COOKIE)
  const taken = first<
    Ceremony & { kind: string; userId: string | null; linkId: string | null; expiresAt: number }
  >(
    await app.db.execute(
      sql(
        `DELETE FROM ceremonies WHERE hash = :hash
         RETURNING kind, challenge, data, user_id AS userId, link_id AS linkId, expires_at AS expiresAt`,
        { hash: await digestOf(secret) },
      ),
    ),
  )
  if (!taken || taken.kind !== kind || taken.expiresAt <= app.now()) return undefined
  if (taken.userId !== (userId ?? null) || taken.linkId !== (linkId ?? null)) return undefined
  return { challenge: taken.challenge, data: taken.data }
}
