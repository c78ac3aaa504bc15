import type { Context } from 'hono'
import { type InStatement, write } from '../db.ts'
import type { App } from '../deps.ts'
import { putCookie, secretIn } from './cookies.ts'
import { digestOf } from './digest.ts'
import { beginSession, type NewSession, newSession } from './session.ts'

/** Who signs in, and what of it the session remembers. */
export type Opening = Pick<NewSession, 'userId' | 'via'> & { address: string | undefined }

/**
 * Begins a session in this browser, in one batch with what earns it; the one it had before ends. The cookie is set only
 * if the session has begun.
 * @param now the same instant that the statements before it carry
 * @param first statements that go before, such as the use of a passkey
 * @param earned what must hold after them: a condition, the user as `u`, the session's columns as arguments
 */
export async function openSession(
  app: App,
  c: Context,
  { userId, via, address }: Opening,
  now: number,
  first: InStatement[] = [],
  earned = 'TRUE',
  args: Record<string, string> = {},
): Promise<boolean> {
  const before = secretIn(c, 'sightline')
  const session = await newSession(
    {
      userId,
      via,
      address: address ?? null,
      userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null,
      replaces: before === undefined ? null : await digestOf(before),
    },
    now,
    app.config.session.maxMs,
  )
  const results = await write(app.db, [...first, ...beginSession(session, earned, args)])
  if (!results.at(-1)!.rowsAffected) return false
  putCookie(c, 'sightline', session.secret)
  return true
}
