import { digestOf } from '../crypto/digest.ts'
import { newId } from '../crypto/id.ts'
import type { InStatement } from '../db.ts'
import { NO_STORE } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import type { Call } from '../http/route.ts'
import { joinAnswer } from '../people/answer.ts'
import { mayWatch, refusal } from '../people/may-watch.ts'
import { recordAtDoor } from '../people/record-at-door.ts'
import type { JoinRequest } from '../people/schema.ts'
import { notFound, Problem } from '../problem.ts'
import { elsewhere } from '../rooms/elsewhere.ts'
import { askAuthServer } from './auth-server.ts'
import { type Entering, enter } from './enter.ts'
import type { NamedDoor } from './find.ts'
import { isRight, knockWithPassword, knockWithToken } from './knock.ts'
import { unsealKey } from './sealed-key.ts'
import { type TokenClaims, verifyRoomToken } from './token.ts'
import { releasePassword } from './tries.ts'

type Joining = Call<JoinRequest, undefined>

/**
 * Lets somebody into a room by a name and a password, or by a token made elsewhere, and answers as joining through a link
 * does. Whatever is wrong with either is one answer, after the same work.
 */
export function joinWithoutLink(call: Joining): Promise<Response> {
  const { slug, username, password, token, name } = call.body
  return token === undefined ? byPassword(call, slug, username!, password!) : byToken(call, slug, token, name)
}

async function byPassword(call: Joining, slug: string, name: string, password: string): Promise<Response> {
  const { app, c } = call
  const { door, attempt } = await knockWithPassword(call, slug, name)
  const release = releasePassword(attempt)
  if (door?.authServer) {
    const location = `${placeOf(app, c.req.url).origin}/group/${slug}/`
    const said = await askAuthServer(app, door.authServer, { location, username: name, password })
    if (said === 'refused') throw wrong(call, 'wrong password')
    if (said !== 'ask-us') return withToken(call, door, said.token, name || undefined, release)
  }
  if (!(await isRight(call, door, password)) || !door?.user) throw wrong(call, 'wrong password')
  const { linkId, named, stored } = door.user
  return letIn(
    call,
    {
      linkId,
      name: name || undefined,
      account: named && name ? `name|${name}` : undefined,
      permissions: undefined,
      // Unless it was changed while it was being checked.
      still: {
        sql: 'EXISTS (SELECT 1 FROM room_users u WHERE u.link_id = l.id AND u.password IS :stored)',
        args: { stored },
      },
    },
    release,
  )
}

async function byToken(
  call: Joining,
  slug: string,
  token: string,
  name: string | undefined,
): Promise<Response> {
  const door = await knockWithToken(call, slug)
  return withToken(call, door, token, name, [])
}

/** @param name what they call themselves, where the token does not say */
async function withToken(
  call: Joining,
  door: NamedDoor | undefined,
  token: string,
  name: string | undefined,
  release: InStatement[],
): Promise<Response> {
  const claims = door && (await claimsOf(call, door, token))
  if (!claims) throw wrong(call, 'wrong token')
  if (claims.name === undefined && name === undefined)
    throw new Problem(400, 'name_required', 'Say who you are.', { needs: { name: true, pin: false } })
  const permissions = claims.permissions.filter(grant => grant !== 'record' || door.allowRecording)
  return letIn(
    call,
    {
      linkId: claims.keyId,
      name: claims.name ?? name,
      // The same token, or another one for the same name, is the same person; and whom it names is who has that name here.
      account: claims.name === undefined ? `token|${await digestOf(signedOf(token))}` : `name|${claims.name}`,
      permissions,
      still: stillVerified(claims.name === undefined ? name : undefined),
    },
    release,
  )
}

/** A token without its signature: of one signature anybody can make another one that is as right. */
const signedOf = (token: string): string => token.slice(0, token.lastIndexOf('.'))

/** The key is there. Whoever names themselves does not take the name of a user of the room. */
const stillVerified = (own: string | undefined): Entering['still'] => ({
  sql: `EXISTS (SELECT 1 FROM room_keys k WHERE k.id = l.id)
    AND NOT EXISTS (SELECT 1 FROM room_users u WHERE u.room_id = r.id AND u.name = :own)`,
  args: { own: own ?? null },
})

async function claimsOf(call: Joining, door: NamedDoor, token: string): Promise<TokenClaims | undefined> {
  const { app, c, body } = call
  const { origin } = placeOf(app, c.req.url)
  const places = [`${origin}/group/${body.slug}`, `${origin}/r/${body.slug}`]
  const keys = await Promise.all(door.keys.map(key => unsealKey(app.keys, door.roomId, key)))
  return verifyRoomToken(
    token,
    keys.filter(key => key !== undefined),
    places,
    app.now(),
  )
}

async function letIn(
  call: Joining,
  who: Omit<Entering, 'slug' | 'personId' | 'address'>,
  release: InStatement[],
): Promise<Response> {
  const { app, address, body, c } = call
  const now = app.now()
  const entering = { ...who, slug: body.slug, personId: newId(), address }
  const { joined, row } = await enter(app.db, entering, release, now)
  if (!row) throw wrong(call, 'changed meanwhile')
  const verdict = mayWatch(row, now)
  if (verdict.state !== 'refused' && row.redirect !== null) throw elsewhere(row.redirect)
  const why =
    verdict.state === 'refused'
      ? refusal(verdict.code, verdict)
      : joined
        ? undefined
        : refusal('link_used_up')
  const name = row.name ?? who.name ?? row.label
  if (why) {
    const actor = { kind: 'person', id: null, name } as const
    recordAtDoor(call, row, {
      action: 'person.refused',
      outcome: 'refused',
      actor,
      params: { reason: why.code },
    })
    throw why
  }
  const person = { id: row.personId!, name }
  app.log.info('person.joined', {
    requestId: c.get('requestId'),
    room: row.roomId,
    link: row.linkId,
    person: person.id,
  })
  recordAtDoor(call, row, { action: 'person.join', outcome: 'done', actor: { kind: 'person', ...person } })
  return c.json(await joinAnswer(call, row, person, now), 200, NO_STORE)
}

function wrong({ app, address }: Joining, what: string): Problem {
  app.audit.strangers(what, address)
  return notFound()
}
