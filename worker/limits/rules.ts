/** At most so many tries within a window that begins with the first of them. */
export interface Limit {
  tries: number
  /** ms */
  window: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What is limited, and for whom. An address is an IPv4 address or the /64 of an IPv6 one. */
export const LIMITS = {
  /** Beginning or finishing to sign in, an address: many people of one office, no flood. */
  'sign-in': { tries: 60, window: MINUTE },
  /** Opening a set-up, invitation or recovery link, an address: nobody mistypes 160 bits twenty times. */
  'set-up': { tries: 20, window: 10 * MINUTE },
  /** Joining a room, an address: a screening room behind one address may reload, nobody may hammer. */
  join: { tries: 60, window: MINUTE },
  /** Asking for a room by its name, an address: people mistype, nobody may go through a dictionary. */
  status: { tries: 60, window: MINUTE },
  /** PINs for one link, an address: a person needs three, 10 000 need two weeks. */
  pin: { tries: 5, window: 15 * MINUTE },
  /** PINs for one link, from everywhere: so many are tried freely, then `pin-pace` holds for all. */
  'pin-link': { tries: 20, window: 15 * MINUTE },
  /** The pace of a link that is being guessed at, until its window ends. */
  'pin-pace': { tries: 1, window: 5 * SECOND },
  /** Asking for STUN and TURN servers, a person: a page asks once an hour, several pages and reloads a few times more. */
  ice: { tries: 12, window: 10 * MINUTE },
  /** Keeping stills, a person: one every few seconds, as long as anybody looks. */
  still: { tries: 60, window: 10 * MINUTE },
  /** Making chart links, a person: one is good for a day, and a host may lose it now and then. */
  chart: { tries: 20, window: 10 * MINUTE },
  /** Passwords for one name in a room, an address. */
  password: { tries: 5, window: 15 * MINUTE },
  /** Passwords for a room, an address, whatever the names: people of one office come together, nobody tries names. */
  'password-room': { tries: 30, window: 15 * MINUTE },
  /** Passwords for one name in a room, from everywhere: so many are tried freely, then `password-pace` holds for all. */
  'password-name': { tries: 20, window: 15 * MINUTE },
  'password-pace': { tries: 1, window: 5 * SECOND },
  /** Failed sign-ins, an address: then it is blocked for an hour. */
  'sign-in-failed': { tries: 20, window: 60 * MINUTE },
} as const satisfies Record<string, Limit>

export type Limited = keyof typeof LIMITS
