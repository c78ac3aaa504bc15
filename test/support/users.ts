import { digestOf, newSecret } from '../../worker/crypto/digest.ts'
import { newId } from '../../worker/crypto/id.ts'
import { sql, write } from '../../worker/db.ts'
import type { Role } from '../../worker/users/rights.ts'
import type { TestApp } from './app.ts'

/** A user who is there without ceremony, and the cookie of a session of theirs. */
export interface TestUser {
  id: string
  name: string
  role: Role
  /** What the browser sends. */
  cookie: string
  headers: Record<string, string>
}

/** The origin under which tests call the app. */
export const ORIGIN = 'http://sightline.test'

/** What a browser's page of ours sends with a session. */
export const asBrowser = (cookie: string) => ({ cookie, origin: ORIGIN })

/** Writes a user and a session of theirs into the database. */
export async function makeUser(
  app: TestApp,
  role: Role,
  { name = `The ${role}`, email = null }: { name?: string; email?: string | null } = {},
): Promise<TestUser> {
  const id = newId()
  const now = app.clock.now
  await write(app.db, [
    sql(
      `INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES (:id, :name, :email, :role, :now, :now)`,
      { id, name, email, role, now },
    ),
    sql(
      `INSERT INTO passkeys (id, credential_id, user_id, public_key, counter, name, created_at)
       VALUES (:key, :key, :id, '', 0, 'Laptop', :now)`,
      { id, key: newId(), now },
    ),
  ])
  const cookie = await signIn(app, id)
  return { id, name, role, cookie, headers: asBrowser(cookie) }
}

/** Another session of a user; gives its cookie. */
export async function signIn(app: TestApp, userId: string): Promise<string> {
  const secret = newSecret()
  const now = app.clock.now
  await app.db.execute(
    sql(
      `INSERT INTO sessions (hash, id, user_id, via, created_at, seen_at, ends_at)
       VALUES (:hash, :id, :userId, 'passkey', :now, :now, :ends)`,
      { hash: await digestOf(secret), id: newId(), userId, now, ends: now + app.config.session.maxMs },
    ),
  )
  return `__Host-sightline=${secret}`
}
