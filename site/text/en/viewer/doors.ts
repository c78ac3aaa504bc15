/** Every page before the room and after it, except the two that come without a word of the server. */
export const doors = {
  join: {
    title: 'Join the review',
    name: 'Say who you are, so that the room knows who is looking.',
    pin: 'This link wants the PIN from your invitation.',
    both: 'Say who you are, and type the PIN from your invitation.',
  },
  noLink: {
    title: 'This link is not complete',
    lead: 'The part after # is missing. Copy the whole link from your invitation and open it again.',
  },
  signIn: {
    title: 'Sign in to watch',
    lead: 'If this review invites you, sign in with what its host knows you by.',
    passkey: 'Sign in with a passkey',
    provider: (name: string) => `Sign in with ${name}`,
    working: 'Follow your browser',
    named: {
      title: 'I have a name and a password for this room',
      password: 'Password',
      fresh: 'New password, at least 8 characters',
      wantsChange: 'Change my password',
      change: 'Change the password and join',
      portal: (host: string) => `Sign in at ${host}`,
    },
    cut: 'You were sent a link? Then its part after # is missing: copy the whole link and open it again.',
    missing: {
      ip: 'Passkeys belong to a host name, and this page was opened under an IP address.',
      plain: 'This page is not encrypted, so the browser keeps passkeys away from it. Open it with https://.',
      unknown: 'This browser knows no passkeys. Use a current Chrome, Edge, Firefox or Safari.',
    },
    faults: {
      ended: 'Your access has ended. Sign in again.',
      cancelled: 'You are not signed in yet. Try again whenever you like.',
      wrong_password: 'That name and password do not open this review. Check both, or ask the host.',
      wrong_token: 'That way in has ended. Sign in again where you came from.',
      not_invited: 'You are not on the list of this review. Ask the host to put your address on it.',
      refused: 'That was not accepted. Try another passkey, or ask the host for a link.',
      unreachable: 'The server cannot be reached. Try again in a moment.',
      place: 'Passkeys do not work at this address. Open the review under the host name you were told.',
      device: 'This device has no passkey that can be used here. Take the one you made it on.',
      unsupported: 'This browser knows no passkeys. Use a current Chrome, Edge, Firefox or Safari.',
      failed: 'The browser could not finish it. Try again, or use another device.',
    },
  },
  countdown: {
    lead: (when: string) => `Starts ${when}, your time. This page opens by itself.`,
    inDays: (days: number, clock: string) => `${days} d ${clock}`,
    label: (left: string) => `Starts in ${left}`,
  },
  knock: {
    admission: {
      title: 'The host knows you are here',
      lead: 'You come in as soon as they let you in. Keep this page open.',
    },
    unlock: {
      title: 'The room is locked',
      lead: 'This page goes on by itself when the host unlocks it. Keep it open.',
    },
    host: {
      title: 'No host is here yet',
      lead: 'You come in by yourself when one comes. Keep this page open.',
    },
    review: 'Review',
    waiting: 'Waiting',
    time: (minutes: number, seconds: number) =>
      minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`,
  },
  hostWrote: 'The host wrote:',
  turnedAway: {
    title: 'You were not let in',
    lead: 'The host refused it. If that is a mistake, ask them for a new link.',
  },
  roomFull: {
    title: 'The room is full',
    seats: (n: number) =>
      n === 1
        ? 'The one seat is taken. You come in by yourself when it is free.'
        : `All ${n} seats are taken. You come in by yourself when one is free.`,
    lead: 'All seats are taken. You come in by yourself when one is free.',
  },
  left: {
    replaced: {
      title: 'The review is open on another page',
      lead: 'You opened it often, and the newest page took the place of this one.',
    },
    flooding: {
      title: 'This page sent too much',
      lead: 'The room ended its connection, so that the others are not disturbed.',
    },
    leaving: {
      title: 'You left the review',
      lead: 'Nothing plays here any more. You can come back for as long as your link works.',
    },
    back: 'Use this page',
    return: 'Come back',
  },
  refused: {
    room_ended: {
      title: 'The review has ended',
      lead: 'Thank you for watching.',
      at: (when: string) => `It ended ${when}. Thank you for watching.`,
    },
    link_ended: {
      title: 'This link has ended',
      lead: 'Ask the person who sent it to extend it; the same link will work again.',
      at: (when: string) =>
        `It was valid until ${when}. Ask the person who sent it to extend it; the same link will work again.`,
    },
    link_revoked: {
      title: 'This link was taken back',
      lead: 'Ask the person who sent it for a new one.',
    },
    link_used_up: {
      title: 'This link has been used up',
      lead: 'It was used as often as it may be. Ask the person who sent it for a new one.',
    },
    removed: {
      title: 'You were removed from this review',
      lead: 'The host ended your access. If that is a mistake, ask them for a new link.',
      at: (when: string) =>
        `The host ended your access at ${when}. If that is a mistake, ask them for a new link.`,
    },
    blocked: {
      title: 'Requests from your address are blocked',
      lead: 'If that is a mistake, tell the person who sent the link. This page opens by itself when the block is lifted.',
    },
    moved: {
      title: 'You are watching on another device',
      lead: 'The picture moved there. One seat plays in one place at a time.',
    },
    not_started: {
      title: 'The review has not started',
      lead: 'This page opens by itself.',
    },
    not_admitted: {
      title: 'You are not in the room yet',
      lead: 'You come in by yourself as soon as a host lets you.',
    },
    too_many: {
      title: 'Too many tries',
      lead: 'Many came from your network within a minute. This page tries again by itself.',
    },
    not_found: {
      title: 'This link is not known here',
      lead: 'It is incomplete, or from another server. Copy the whole link from your invitation and open it again.',
    },
  },

  form: {
    name: 'Your name',
    pin: 'PIN',
    pinFrom: 'from your invitation',
    join: 'Join',
    pinWrong: 'That PIN is not right.',
    pinWrongLeft: (tries: number) => `That PIN is not right. ${tries} ${tries === 1 ? 'try' : 'tries'} left.`,
    pinLockedMinutes: (n: number) =>
      `Too many wrong PINs. Try again in ${n} ${n === 1 ? 'minute' : 'minutes'}.`,
    pinLockedSeconds: (n: number) =>
      `Too many wrong PINs. Try again in ${n} ${n === 1 ? 'second' : 'seconds'}.`,
    pinMissing: 'Type the PIN from your invitation.',
    nameMissing: 'Say who you are.',
  },

  you: 'You are',
  watchHere: 'Watch here',
}
