/** The viewer's page. */
export const viewer = {
  /** How times are written, as a language tag. */
  times: 'en-GB',
  private: 'Private review room',
  inSubroom: (room: string, sub: string) => `${room} · ${sub}`,

  door: {
    joining: { title: 'Joining the review', lead: 'One moment.' },
    unreachable: {
      title: 'The server cannot be reached',
      lead: (seconds: number) =>
        `${seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again now.'} If other pages open, the review server is down; if they do not, check your connection.`,
    },
  },

  tryNow: 'Try now',

  live: 'Live',
  waiting: 'Waiting',
  held: 'Held',
  demo: 'Demonstration',
  programme: (width: number, height: number) => `Programme, ${width} × ${height}`,
  picture: 'Programme',

  hold: {
    title: 'Waiting for the picture',
    none: 'It starts by itself.',
    coming: 'The encoder is connected. The picture starts by itself.',
    trying: (tries: number) => `The picture did not come yet, try ${tries}. It starts by itself.`,
    blocked: 'This browser starts no picture without a touch.',
    start: 'Start the picture',
  },

  heldSay: {
    encoder: 'The encoder stopped sending. The picture comes back by itself when it returns.',
    now: 'Reconnecting.',
    next: (tries: number, seconds: number) => `Reconnecting, try ${tries}, next in ${seconds} s.`,
    last: (clock: string) => ` Last picture ${clock}.`,
  },

  people: {
    title: 'People',
    here: (n: number) => (n === 1 ? '1 person in the room' : `${n} people in the room`),
    waiting: (n: number) => `${n} waiting`,
    knocks: (name: string) => `${name} waits to be let in.`,
    notices: (n: number) => (n === 1 ? 'Message from the host' : `${n} messages from the host`),
    unread: (n: number) => (n === 1 ? '1 new message' : `${n} new messages`),
  },

  verdict: {
    label: 'Connection',
    good: 'Good',
    fair: 'Fair',
    none: 'No connection',
    seconds: 'some seconds behind',
    /** Long form of the above. */
    secondsWhy:
      'This network lets only the slow way through, some seconds behind. Another network may be direct.',
    server: 'server not reached',
    serverWhy: 'The review server cannot be reached. The picture goes on to the end of its time.',
  },

  controls: {
    soundOn: 'Turn sound on',
    mute: 'Mute',
    volume: 'Volume',
    actual: 'Actual pixels',
    fit: 'Fit',
    hand: 'Raise hand',
    lowerHand: 'Lower hand',
    panel: 'Panel',
    full: 'Full screen',
    leaveFull: 'Leave full screen',
    withKey: (what: string, key: string) => `${what} (${key})`,
  },

  files: {
    offers: (name: string, file: string) => `${name} offers you a file: ${file}.`,
    offered: (n: number) => (n === 1 ? 'File offered' : `${n} files offered`),
  },
}
