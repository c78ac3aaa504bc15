import type { Person } from '../../../../worker/live/protocol.ts'
import { type Grant, presetGrants, type Role, rolePresets } from '../../../lib/roles.ts'
import type { You } from '../../live/room-state.ts'

/** What can be done with somebody in the list, in the order of their menu. */
export const personActs = [
  'message',
  'file',
  'rights',
  'mute',
  'warn',
  'identify',
  'closeLink',
  'remove',
] as const
export type PersonAct = (typeof personActs)[number]

/**
 * What you are offered for a person. What is done, the room decides; nothing here is done to yourself.
 * @param canSend a file can go from this page to theirs
 */
export function actsFor(
  you: Pick<You, 'id' | 'permissions'>,
  person: Pick<Person, 'id'>,
  canSend: boolean,
): PersonAct[] {
  if (person.id === you.id) return []
  return personActs.filter(act =>
    act === 'file' ? canSend : you.permissions.includes(act === 'message' ? 'message' : 'op'),
  )
}

/** The roles that you can give: none that holds more than you. */
export const rolesToGive = (own: readonly Grant[]): Role[] =>
  rolePresets.filter(role => presetGrants[role].every(grant => own.includes(grant)))
