/** The page at the bare address: how somebody without a link in hand gets into a room. */
export const landing = {
  /** How times are written, as a language tag. */
  times: 'en-GB',

  title: 'Open a review',
  lead: 'Paste the link you were sent, or type the name of a room.',
  form: {
    label: 'Link or room name',
    open: 'Open',
    opening: 'Looking for the room',
  },
  faults: {
    empty: 'Paste a link or type a name first.',
    unreadable:
      'That is neither a review link nor the name of a room. A name has letters, digits and hyphens, 64 at most.',
    'not-there':
      'No public room has this name. Most rooms are private: open them with the link you were sent.',
    'too-many': 'Too many tries from your network. Try again in a minute.',
    unreachable: 'The server cannot be reached. Check your connection and try again.',
  },
  door: 'You have a name and a password for it? Go to its door',

  rooms: {
    title: 'Public rooms',
    loading: 'Looking for public rooms.',
    none: 'There are no public rooms now.',
    failed: 'The public rooms could not be loaded.',
    stale: 'The server cannot be reached. This list may be old.',
    again: 'Try again',
    people: (n: number) => (n === 1 ? '1 person' : `${n} people`),
    nobody: 'Nobody there',
    locked: 'Locked',
    starts: (when: string) => `Starts ${when}`,
  },

  staff: 'Administration',
}
