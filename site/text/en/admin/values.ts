import { inSentence } from './in-sentence.ts'

/** How values are said: times, protocols, failures, faults of forms, what was copied. */
export const values = {
  time: {
    today: (clock: string) => `Today ${clock}`,
    tomorrow: (clock: string) => `Tomorrow ${clock}`,
    yesterday: (clock: string) => `Yesterday ${clock}`,
    weekday: (day: string, clock: string) => `${day} ${clock}`,
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    date: (day: number, month: string) => `${day} ${month}`,
    inYear: (date: string, year: number) => `${date} ${year}`,
    onDate: (date: string, clock: string) => `${date} ${clock}`,
    underMinute: 'under 1 min',
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
    days: (n: number) => `${n} d`,
    from: (when: string) => `From ${inSentence(when)}`,
    until: (when: string) => `Until ${inSentence(when)}`,
    span: (from: string, to: string) => `${from} to ${inSentence(to)}`,
  },

  /** As the API names them, in lower case. */
  protocols: {
    rtmp: 'RTMP',
    srt: 'SRT',
    whip: 'WHIP',
    webrtc: 'WebRTC',
    llhls: 'LL-HLS',
  },

  copy: {
    word: 'Copy',
    copied: 'Copied',
    notCopied: 'Not copied',
    label: (what: string) => `Copy ${what}`,
    done: (what: string) => `Copied: ${what}.`,
    failed: 'Not copied: this browser keeps the clipboard closed. Select the value and copy it.',
    show: (what: string) => `Show ${what}`,
    hide: (what: string) => `Hide ${what}`,
    details: 'details',
    detailsWord: 'Copy details',
  },

  failure: {
    codes: {
      unreachable: 'The server cannot be reached. Check that it runs and that this device is online.',
      unauthenticated: 'You are signed out. Sign in again.',
      not_found: 'It is no longer there. Somebody deleted it meanwhile.',
      changed_meanwhile: 'It keeps changing while you save. Close this, look at it, and try again.',
      unavailable:
        'The database does not answer. Who watches now goes on, but nobody new is let in until it is back. Nothing was changed.',
      last_owner:
        'Nobody else could change how people sign in: this is the last owner. Make another owner first. Nothing was changed.',
      role_too_high: 'That role is above yours. Ask an owner. Nothing was changed.',
      sign_in_failed: 'That passkey was not accepted. Try another one, or ask an owner for a recovery link.',
      guest_only: 'You are invited to watch. Open the review your host told you about and choose Sign in.',
      provider_unavailable: 'The sign-in provider does not answer. Try again in a moment.',
      last_passkey: 'It is your only passkey. Add another one first; then this one can be removed.',
      passkey_by_invitation:
        'You sign in with single sign-on. An owner or admin can give you a one-time link for a passkey.',
      own_passkey_needed:
        'An owner needs a passkey. Give them a one-time link first, then make them an owner.',
      no_origin: 'No origin is configured, so there is nowhere to publish to. See Server.',
    },
    server: (status: number) =>
      `The server failed (${status}). Nothing is lost; try again, and look at its log if it stays.`,
    unreadable: (status: number) =>
      `The answer could not be read (${status}). Something between here and the server may be in the way.`,
  },

  form: {
    noLimit: 'No limit',
    nothing: 'nothing',
    quote: (value: string) => `“${value}”`,
    twice: 'The clock shows this time twice that night. The first one is meant.',
    tooLong: (max: number) => `At most ${max} characters.`,
    whole: (min: number, max: number) => `A whole number from ${min} to ${max}, or nothing.`,
    said: (sentence: string) =>
      `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.!?]$/.test(sentence) ? '' : '.'}`,
    faults: {
      empty: 'This is needed.',
      slug: 'Only a–z, 0–9 and -, at most 64.',
      time: 'This is not a date and time.',
      skipped: 'Clocks go forward over this time. Choose one before or after it.',
      order: 'It ends before it starts.',
      past: 'This is over already.',
      'none-chosen': 'Choose at least one.',
      issuer: 'An address that begins with https://.',
      'secret-again': 'The secret there is belongs to the old issuer and client. Type the new one.',
      pin: '4 to 12 digits.',
      email: 'This is not an e-mail address.',
      domain: 'This is not a domain, such as example.com.',
      address: 'An address that begins with https:// or http://.',
      json: 'This is not a JSON object.',
      codecs: 'Only vp8, vp9, av1, h264, h265, opus, g722, pcmu and pcma.',
      block: 'An address such as 203.0.113.7, or a network such as 203.0.113.0/24.',
    },
    changed: 'Somebody changed this while you did. Look, then save again.',
    change: (field: string, was: string, now: string) =>
      `${field}: was ${inSentence(was)}, is now ${inSentence(now)}.`,
    kept: 'What you typed is kept.',
    takeTheirs: 'Take theirs',
  },
}
