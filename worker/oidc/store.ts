import { type Db, first, sql } from '../db.ts'
import type { AllowedRole } from './allow.ts'
import type { Identity } from './claims.ts'

/** What a browser's sign-in waits for. `hash` is that of its cookie, `expiresAt` in ms. */
export interface Ceremony {
  hash: string
  state: string
  /** JSON of the rest. */
  data: string
  expiresAt: number
}

export async function keepCeremony(db: Db, { hash, state, data, expiresAt }: Ceremony): Promise<void> {
  await db.execute(
    sql(
      `INSERT INTO ceremonies (hash, kind, challenge, data, expires_at)
       VALUES (:hash, 'oidc', :state, :data, :expiresAt)`,
      { hash, state, data, expiresAt },
    ),
  )
}

/** Takes a browser's sign-in, whatever becomes of it: it is answered once. Undefined when there is none any more. */
export async function takeCeremony(
  db: Db,
  hash: string,
  now: number,
): Promise<Pick<Ceremony, 'state' | 'data'> | undefined> {
  return first(
    await db.execute(
      sql(
        `DELETE FROM ceremonies WHERE hash = :hash AND kind = 'oidc' AND expires_at > :now
         RETURNING challenge AS state, data`,
        { hash, now },
      ),
    ),
  )
}

/** A user as signing in finds them. */
interface AdmittedUser {
  id: string
  name: string
  role: AllowedRole
}

/**
 * The user of an identity, made when there is none, in one statement; undefined when they are disabled, or an owner, whom
 * the provider neither signs in nor deposes. Only issuer and subject say who somebody is: a user with a passkey is never
 * taken over by an address. The role follows the list at every sign-in. An address is kept only while it is theirs and no
 * other user's.
 * @param id for somebody new
 */
export async function admitUser(
  db: Db,
  id: string,
  { issuer, subject, name, who: { email } }: Identity,
  role: AllowedRole,
  now: number,
): Promise<AdmittedUser | undefined> {
  return first(
    await db.execute(
      sql(
        `INSERT INTO users (id, name, email, role, issuer, subject, created_at, updated_at)
         SELECT :id, :name, CASE WHEN NOT EXISTS (
             SELECT 1 FROM users o WHERE o.email = :email AND (o.issuer, o.subject) IS NOT (:issuer, :subject)
           ) THEN :email END, :role, :issuer, :subject, :now, :now WHERE TRUE
         ON CONFLICT (issuer, subject) WHERE subject IS NOT NULL DO UPDATE SET
           version = version + (email IS NOT excluded.email OR role <> excluded.role),
           updated_at = CASE WHEN email IS NOT excluded.email OR role <> excluded.role
             THEN excluded.updated_at ELSE updated_at END,
           email = excluded.email,
           role = excluded.role
         WHERE disabled_at IS NULL AND role <> 'owner'
         RETURNING id, name, role`,
        { id, name: name ?? email ?? subject.slice(0, 80), email: email ?? null, role, issuer, subject, now },
      ),
    ),
  )
}

/** Whether somebody is a user who may not sign in any more: then they do not watch either. */
export async function isDisabled(db: Db, { issuer, subject }: Identity): Promise<boolean> {
  const result = await db.execute(
    sql('SELECT 1 FROM users WHERE issuer = :issuer AND subject = :subject AND disabled_at IS NOT NULL', {
      issuer,
      subject,
    }),
  )
  return result.rows.length > 0
}
