/** Somebody by id, with the name that they are shown by. */
export interface Named {
  id: string
  name: string
}

/** What the page itself or one of its parts does; the rest is said to the room. */
export type PageIntent =
  | { is: 'leave' }
  /** `until` in ms since 1970; null: the usual time. */
  | { is: 'invite'; name: string | null; until: number | null }
  | { is: 'reinvite'; link: string; until: number | null }
  | { is: 'revoke'; link: string }
  | { is: 'listtokens' }
  | { is: 'subgroups' }
  | { is: 'sendfile'; to: Named }
  | { is: 'relay-test' }
  | { is: 'renegotiate' }

/** What a person wants of the room. */
export type RoomIntent =
  | { is: 'hand'; raised: boolean }
  | { is: 'lock'; message: string | null }
  | { is: 'unlock' }
  /** Null: all who wait. */
  | { is: 'admit'; who: Named | null }
  | { is: 'refuse'; who: Named; reason: string | null }
  | { is: 'kick'; who: Named; reason: string | null }
  | { is: 'identify'; who: Named }
  | { is: 'op'; who: Named; held: boolean }
  | { is: 'permit'; who: Named; permission: 'present' | 'message'; held: boolean }
  /** Null: everybody else. */
  | { is: 'mute'; who: Named | null }
  | { is: 'warn'; who: Named; text: string }
  | { is: 'wall'; text: string }

/** What somebody wants who typed a line. */
export type Intent =
  | PageIntent
  | RoomIntent
  | { is: 'say'; text: string; me: boolean; to: Named | null }
  /** Null: all commands. */
  | { is: 'help'; about: string | null }
  /** These take a second look before they are done. */
  | { is: 'clear' }
  | { is: 'end' }
  /** No key: list them. `value` undefined: true. */
  | { is: 'set'; key: string | null; value: unknown }
  | { is: 'unset'; key: string }
