import { type Grant, roles } from '../../../worker/links/permissions.ts'
import type { Saying } from '../live/outcome.ts'
import type { RoomIntent } from './intent.ts'

/** What is said to the room for it; the room decides. `held` is what whoever says it may do at this moment. */
export function messageFor(intent: RoomIntent, held: readonly Grant[]): Saying {
  switch (intent.is) {
    case 'hand':
      return { type: 'hand', raised: intent.raised }
    case 'lock':
      return intent.message === null ? { type: 'room.lock' } : { type: 'room.lock', message: intent.message }
    case 'unlock':
      return { type: 'room.unlock' }
    case 'admit':
      return { type: 'door.admit', who: oneOrAll(intent.who) }
    case 'refuse':
      return { type: 'door.refuse', who: oneOrAll(intent.who), ...because(intent.reason) }
    case 'kick':
      return { type: 'person.kick', id: intent.who.id, ...because(intent.reason) }
    case 'identify':
      return { type: 'person.identify', id: intent.who.id }
    case 'op':
      // Whoever holds everything makes a host; whoever does not gives what they can. Losing `op` loses what it brought.
      if (intent.held && roles.host.every(grant => held.includes(grant)))
        return { type: 'person.role', id: intent.who.id, role: 'host' }
      return { type: 'person.permit', id: intent.who.id, permission: 'op', held: intent.held }
    case 'permit':
      return {
        type: 'person.permit',
        id: intent.who.id,
        permission: intent.permission,
        held: intent.held,
      }
    case 'mute':
      return { type: 'person.mute', who: oneOrAll(intent.who) }
    case 'warn':
      return { type: 'person.warn', id: intent.who.id, text: intent.text }
    case 'wall':
      return { type: 'wall', text: intent.text }
  }
}

const oneOrAll = (who: { id: string } | null) => (who ? { id: who.id } : { all: true as const })
const because = (reason: string | null) => (reason === null ? {} : { reason })
