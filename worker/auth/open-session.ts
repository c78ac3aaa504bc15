import type { Context } from 'hono'
import { digestOf } from '../crypto/digest.ts'
import { type InStatement, type InValue, write } from '../db.ts'
import type { App } from '../deps.ts'
import { putCookie, secretIn } from './cookies.ts'
import { beginSession, type NewSession, newSession } from './session.ts'

/** Who signs in, and what of it the session remembers. */
export type Opening = Pick<NewSession, 'userId' | 'via'> & { address: string | undefined }

/** What goes with a session's beginning, in its batch. */
interface Earning {
  /** Statements that go before, such as making the passkey. */
  first?: InStatement[]
  /** What must hold after them: a condition, the user as `u`, the session's columns as arguments. */
  earned?: string
  args?: Record<string, InValue>
  /** Statements that go after, given the id of the session, which is there if it was earned. */
  last?: (sessionId: string) => InStatement[]
}

/**
 * Begins a session in this browser, in one batch with what earns it; the one it had before ends. The cookie is set only
 * if the session has begun.
 */
export async function openSession(
  app: App,
  c: Context,
  { userId, via, address }: Opening,
  { first = [], earned = 'TRUE', args = {}, last = () => [] }: Earning = {},
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
    app.now(),
    app.config.session.maxMs,
  )
  const until = [...first, ...beginSession(session, earned, args)]
  const results = await write(app.db, [...until, ...last(session.id)])
  if (!results[until.length - 1]!.rowsAffected) return false
  putCookie(c, 'sightline', session.secret)
  return true
}
