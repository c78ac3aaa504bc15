import { newId } from '../crypto/id.ts'
import type { Call } from '../http/route.ts'
import type { Invitee } from '../links/invite.ts'
import { mailAddressOf } from '../net/mail.ts'
import { Problem } from '../problem.ts'
import { elsewhere } from '../rooms/elsewhere.ts'
import { joinAnswer } from './answer.ts'
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

/** What coming in needs of a call: whoever lets people in writes in the audit who came. */
type ComingIn = Pick<Call<never, never>, 'app' | 'address' | 'after' | 'tell'>

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
export async function comeIn(call: ComingIn, guest: Guest, slug: string): Promise<JoinAnswer> {
  const { app, address, tell } = call
  tell({
    action: 'person.join',
    kind: 'person',
    name: guest.name ?? '',
    params: { slug, account: guest.account },
  })
  const now = app.now()
  const { joined, row } = await joinByInvitation(app.db, { ...guest, slug, personId: newId(), address }, now)
  if (!row) throw notInvited()
  tell({ room: row.roomId })
  const verdict = mayWatch(row, now)
  if (verdict.state === 'refused') throw refusal(verdict.code, verdict)
  if (row.redirect !== null) throw elsewhere(row.redirect)
  // Beside these conditions the statement has one more (a property test says so).
  if (!joined) throw refusal('link_used_up')
  const person = { id: row.personId!, name: row.name! }
  tell({ ...person, actor: { kind: 'person', ...person } })
  app.log.info('person.joined', { room: row.roomId, link: row.linkId, person: person.id })
  return joinAnswer(call, row, person, now)
}

/**
 * Lets a user who signed in with a passkey into a room that invites their address, which is the one that an owner or
 * admin gave them.
 * @throws {Problem} as {@link comeIn}
 */
export const joinAsGuest = (
  call: ComingIn,
  user: { id: string; name: string; email: string | null },
  slug: string,
): Promise<JoinAnswer> =>
  comeIn(
    call,
    {
      who: { email: mailAddressOf(user.email ?? ''), groups: [] },
      account: `user|${user.id}`,
      name: user.name,
    },
    slug,
  )
