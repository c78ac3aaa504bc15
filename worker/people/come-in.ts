import { newId } from '../crypto/id.ts'
import { addressOf, type Invitee } from '../links/invite.ts'
import { Problem } from '../problem.ts'
import { type AfterAnswer, joinAnswer } from './answer.ts'
import { joinByInvitation } from './invited.ts'
import { mayWatch, refusal } from './may-watch.ts'
import type { JoinAnswer } from './schema.ts'

/** The same for a room that is not there, one without invitations, and one that invites others. */
const notInvited = () =>
  new Problem(
    403,
    'not_invited',
    'This review does not invite you. Ask the person who runs it to invite the address you sign in with.',
  )

/** Somebody who has shown who they are. */
export interface Guest {
  who: Invitee
  /** `user|id` or `oidc|issuer|subject`. */
  account: string
  name: string | undefined
}

/**
 * Lets a guest into a room by its invitations, and answers as joining through a link does.
 * @throws {Problem} 403 `not_invited`, or why the invitation that names them does not let them in
 */
export async function comeIn(call: AfterAnswer, guest: Guest, slug: string): Promise<JoinAnswer> {
  const { app } = call
  const now = app.now()
  const { joined, row } = await joinByInvitation(app.db, { ...guest, slug, personId: newId() }, now)
  if (!row) throw notInvited()
  const verdict = mayWatch(row, now)
  if (verdict.state === 'refused') throw refusal(verdict.code, verdict)
  // Beside mayWatch's conditions the statement has one more (a property test says so).
  if (!joined) throw refusal('link_used_up')
  app.log.info('person.joined', { room: row.roomId, link: row.linkId, person: row.personId })
  return joinAnswer(call, row, { id: row.personId!, name: row.name! }, now)
}

/**
 * Lets a user who signed in with a passkey into a room that invites their address, which is the one that an owner or
 * admin gave them.
 * @throws {Problem} as {@link comeIn}
 */
export const joinAsGuest = (
  call: AfterAnswer,
  user: { id: string; name: string; email: string | null },
  slug: string,
): Promise<JoinAnswer> =>
  comeIn(
    call,
    {
      who: { email: addressOf(user.email ?? ''), groups: [] },
      account: `user|${user.id}`,
      name: user.name,
    },
    slug,
  )
