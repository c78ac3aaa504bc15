import { newId } from '../crypto/id.ts'
import { write } from '../db.ts'
import type { Call } from '../http/route.ts'
import { limitNearby, tooMany } from '../limits/limit.ts'
import { LIMITS } from '../limits/rules.ts'
import { countTry } from '../limits/store.ts'
import { blocked } from '../problem.ts'
import { elsewhere } from '../rooms/elsewhere.ts'
import { doorOf, findDoor, type NamedDoor } from './find.ts'
import { hashing } from './gate.ts'
import { isPassword, pretend } from './password.ts'
import { type PasswordTry, passwordTry, RESERVING, reservation, reservePassword } from './tries.ts'

type Knocking = Pick<Call<never, never>, 'app' | 'address'>

/** A try that may be looked at: the room, if there is one, and the reservation. */
export interface Knock {
  door: NamedDoor | undefined
  attempt: PasswordTry
}

/**
 * Counts a try at a name in a room and finds both: one round trip, the same whether they are there or not.
 * @throws {Problem} 403 `blocked`, 429, or 409 `elsewhere` of a public room
 */
export async function knockWithPassword(call: Knocking, slug: string, name: string): Promise<Knock> {
  const { app, address } = call
  const now = app.now()
  const attempt = passwordTry(slug, name, address, newId())
  await limitNearby(app, attempt.joinKey)
  const results = await write(app.db, [
    ...reservePassword(attempt, now),
    ...findDoor(slug, name, attempt.blockKey, now),
  ])
  const found = doorOf(results.slice(RESERVING), name)
  if (found.blocked) throw blocked()
  const { counted, compare, retryAt } = reservation(attempt, results, now)
  if (!counted) throw tooMany(LIMITS.join.window)
  if (!compare) throw tooMany(retryAt - now)
  return { door: here(found.door), attempt }
}

/** The same for somebody with a token, who guesses nothing. @throws {Problem} as {@link knockWithPassword} */
export async function knockWithToken(call: Knocking, slug: string): Promise<NamedDoor | undefined> {
  const { app, address } = call
  const now = app.now()
  const { ref, joinKey, blockKey } = passwordTry(slug, '', address, newId())
  await limitNearby(app, joinKey)
  const [counted, ...found] = await write(app.db, [
    countTry(joinKey, LIMITS.join.tries, LIMITS.join.window, ref, now),
    ...findDoor(slug, '', blockKey, now),
  ])
  const { blocked: isBlocked, door } = doorOf(found, '')
  if (isBlocked) throw blocked()
  if (!counted!.rowsAffected) throw tooMany(LIMITS.join.window)
  return here(door)
}

/** A public room's status says where the review is instead; of any other room it is told who may come in. */
function here(door: NamedDoor | undefined): NamedDoor | undefined {
  if (door?.redirect && door.public) throw elsewhere(door.redirect)
  return door
}

/** Whether a password is the one of the name that was asked for; the same work when nobody has the name. */
export const isRight = ({ app }: Knocking, door: NamedDoor | undefined, password: string): Promise<boolean> =>
  hashing(app, () => {
    const own = door?.user?.password
    return own ? isPassword(own, password, app.runtime) : pretend(door?.model, password, app.runtime)
  })
