import type { Grant, Role } from '../../links/permissions.ts'
import type { WatermarkMode } from '../../watermark/watermark.ts'
import type { Somebody } from '../messages/fields.ts'
import type { RoomTimecode } from '../messages/timecode.ts'
import type { RefusedCode } from '../protocol.ts'

/** What a host of a room, or staff, does to it and to people of it. */
export type Act =
  /** Those of them who wait before the door; `all`: everybody who does. */
  | { do: 'admit'; ids: readonly string[] | 'all' }
  | { do: 'refuse'; ids: readonly string[] | 'all'; reason: string | null }
  | { do: 'lock'; message: string }
  | { do: 'unlock' }
  | { do: 'end' }
  | { do: 'role'; id: string; role: Role }
  | { do: 'permit'; id: string; permission: Grant; held: boolean }
  /**
   * `link`: their link is closed for all, with those that they or others made through it. `addresses`: kept out of the room, an IPv6 one with
   * its /64.
   */
  | { do: 'kick'; id: string; reason: string | null; link: boolean; addresses: readonly string[] }
  | { do: 'pardon'; id: string }
  /** Null: as their link says, and the room after it. */
  | { do: 'watermark'; id: string; mode: WatermarkMode | null }
  | { do: 'close-link'; of: string }
  | { do: 'timecode'; clock: RoomTimecode }
  | { do: 'clear-timecode' }

/** Whose doing it is: a person of the room, whose permissions are looked at in the same statement; or staff, who may. */
export type Actor = string | 'staff'

/** Why nothing was done. Then nothing at all was. */
export type ActRefusal = Extract<RefusedCode, 'forbidden' | 'not_held' | 'not_here' | 'own_link'>

/** What came of an act: to whom or what it was done, which may be nobody; or why it was not. */
export type ActOutcome = { done: Somebody[] } | { refused: ActRefusal }

/** Somebody who was removed. `at` in ms. */
export interface RemovedRow extends Somebody {
  at: number
  reason: string | null
}

/** Permissions that nobody keeps who loses this one: without `op` there is nobody to answer for the others. */
export const goesWith = (permission: Grant): readonly Grant[] =>
  permission === 'op' ? ['op', 'token', 'record'] : [permission]
