import { type Grant, roles } from '../../links/permissions.ts'
import { overlap, subscriberOf } from '../../net/address.ts'
import type { Act } from '../acts/acts.ts'
import type { RefusedCode, ToServer } from '../protocol.ts'
import { socketsOf } from './presence.ts'
import type { Speaker } from './talking.ts'
import { ask, done, holds, isIn, nameOf, refuse, type Turn, waiterOf } from './telling.ts'
import { timecodeAct } from './timecode.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

/** What changes the room or people of it, in the database. */
export type ActMessage = Of<
  | 'door.admit'
  | 'door.refuse'
  | 'room.lock'
  | 'room.unlock'
  | 'room.end'
  | 'person.role'
  | 'person.permit'
  | 'person.kick'
  | 'person.pardon'
  | 'link.close'
  | 'timecode.set'
  | 'timecode.clear'
>

/**
 * An act of an operator: what can be seen not to go is refused here. The database looks at all of it again, in the
 * statement that does it, and only then does anything happen.
 */
export function act(turn: Turn, speaker: Speaker, message: ActMessage) {
  const { socket, member } = speaker
  if (!holds(member, 'op')) return refuse(turn, socket, message, 'forbidden')
  const wanted = actOf(turn, speaker, message)
  if (typeof wanted === 'string') return refuse(turn, socket, message, wanted)
  // All of nobody.
  if ('ids' in wanted && !wanted.ids.length) return done(turn, socket, message)
  const { type: about, ref } = message
  ask(turn, { kind: 'act', socket, by: nameOf(member), ref, about, act: wanted, at: turn.at })
}

function actOf(turn: Turn, speaker: Speaker, message: ActMessage): Act | RefusedCode {
  switch (message.type) {
    case 'door.admit':
    case 'door.refuse': {
      const { who } = message
      const waiting = [...turn.state.people.values()].flatMap(waiterOf).map(({ id }) => id)
      const ids = 'all' in who ? waiting : waiting.filter(id => id === who.id)
      if ('id' in who && !ids.length) return 'not_here'
      return message.type === 'door.admit'
        ? { do: 'admit', ids }
        : { do: 'refuse', ids, reason: message.reason ?? null }
    }
    case 'room.lock':
      return { do: 'lock', message: message.message ?? '' }
    case 'room.unlock':
      return { do: 'unlock' }
    case 'room.end':
      return { do: 'end' }
    case 'person.role':
      return (
        giving(turn, speaker, message.id, roles[message.role]) ?? {
          do: 'role',
          id: message.id,
          role: message.role,
        }
      )
    case 'person.permit': {
      const { id, permission, held } = message
      return giving(turn, speaker, id, held ? [permission] : []) ?? { do: 'permit', id, permission, held }
    }
    case 'person.kick':
      return kicking(turn, speaker, message)
    case 'person.pardon':
      // They are not here, so that only the database knows them.
      return { do: 'pardon', id: message.id }
    case 'link.close': {
      const target = turn.state.people.get(message.of)
      if (!target) return 'not_here'
      if (target.facts.link.id === speaker.member.facts.link.id) return 'own_link'
      return { do: 'close-link', of: message.of }
    }
    case 'timecode.set':
    case 'timecode.clear':
      return timecodeAct(message, speaker.member.facts.name, turn.at)
  }
}

/** Why somebody cannot be given permissions, if so. What they have they keep without its being given. */
function giving(
  turn: Turn,
  { member }: Speaker,
  id: string,
  given: readonly Grant[],
): RefusedCode | undefined {
  const target = turn.state.people.get(id)
  if (!target || !isIn(target)) return 'not_here'
  return given.every(grant => holds(target, grant) || holds(member, grant)) ? undefined : 'not_held'
}

function kicking(turn: Turn, { member }: Speaker, message: Of<'person.kick'>): Act | RefusedCode {
  const { id, reason = null, ban = [] } = message
  const target = turn.state.people.get(id)
  if (!target || !isIn(target)) return 'not_here'
  if (target === member) return 'yourself'
  const link = ban.includes('link')
  if (link && target.facts.link.id === member.facts.link.id) return 'own_link'
  if (!ban.includes('address')) return { do: 'kick', id, reason, link, addresses: [] }
  const networks = (person: string) =>
    addressesOf(turn, person).flatMap(address => subscriberOf(address) ?? [])
  const theirs = networks(id)
  const own = networks(member.facts.id)
  if (!theirs.length) return 'address_unknown'
  if (theirs.some(one => own.some(other => overlap(one, other)))) return 'own_address'
  return { do: 'kick', id, reason, link, addresses: addressesOf(turn, id) }
}

const addressesOf = (turn: Turn, person: string): string[] => [
  ...new Set(socketsOf(turn, person).flatMap(socket => turn.state.sockets.get(socket)!.address ?? [])),
]
