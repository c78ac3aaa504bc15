/**
 * Every sentence and word of both pages. A language is one file of this shape: copy it, translate it, and let it be
 * checked with `satisfies`: `const all = { shared, viewer, admin } satisfies typeof import('./en.ts')`, so that a missing or
 * surplus key is a type error. Functions take what varies, so that a translator decides the order of words.
 * Tone: plain, present tense, second person; the state, then what happens or what to do.
 */

/** Used by both pages. */
export const shared = {
  product: 'Sightline',
  demo: 'Demonstration: pictures here come from the built-in origin, for seeing and testing.',
}

/** The viewer's page. */
export const viewer = {
  /** How times are written, as a language tag. */
  times: 'en-GB',
  private: 'Private review room',

  door: {
    joining: { title: 'Joining the review', lead: 'One moment.' },
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
    countdown: {
      lead: (when: string) => `Starts ${when}, your time. This page opens by itself.`,
      inDays: (days: number, clock: string) => `${days} d ${clock}`,
      label: (left: string) => `Starts in ${left}`,
    },
    roomFull: {
      title: 'The room is full',
      seats: (n: number) =>
        n === 1
          ? 'The one seat is taken. You come in by yourself when it is free.'
          : `All ${n} seats are taken. You come in by yourself when one is free.`,
      lead: 'All seats are taken. You come in by yourself when one is free.',
    },
    unreachable: {
      title: 'The server cannot be reached',
      lead: (seconds: number) =>
        `${seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again now.'} If other pages open, the review server is down; if they do not, check your connection.`,
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
      too_many: {
        title: 'Too many tries',
        lead: 'Many came from your network within a minute. This page tries again by itself.',
      },
      not_found: {
        title: 'This link is not known here',
        lead: 'It is incomplete, or from another server. Copy the whole link from your invitation and open it again.',
      },
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
  tryNow: 'Try now',
  watchHere: 'Watch here',

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
    full: 'Full screen',
    leaveFull: 'Leave full screen',
    withKey: (what: string, key: string) => `${what} (${key})`,
  },

  keys: {
    title: 'Keyboard',
    close: 'Close (Esc)',
    hint: 'A key that is off does nothing here. It stays off on this device.',
    list: {
      sound: 'Sound on and off',
      volume: 'Louder and softer',
      scale: 'Fit, actual pixels',
      full: 'Full screen',
      leave: 'Leave full screen or this panel',
      help: 'This list',
    },
  },
}

/** The admin's page. */
export const admin = {
  actions: 'Actions',
  actionsFor: (what: string) => `Actions for ${what}`,
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  loading: 'Loading',
  no: 'No',
  save: 'Save',
  showMore: 'Show more',
  tryAgain: 'Try again',
  yes: 'Yes',

  demo: 'Demonstration: the pictures here come from the built-in origin, for seeing and testing. Under Server you read how to connect a real one.',

  nav: {
    label: 'Main',
    rooms: 'Rooms',
    server: 'Server',
    live: (n: number) => `${n} live`,
    admin: 'Admin',
    byToken: 'By token',
    signOut: 'Sign out',
  },

  signIn: {
    title: 'Sign in',
    token: 'Token',
    hint: 'The whole printed address works too.',
    go: 'Sign in',
    checking: 'Signing in',
    wrong: 'That token was not accepted. Copy it again from where the server was started.',
    ended: 'The token no longer works: the server was started with another one. Sign in with the new one.',
    unreached: 'The server does not answer',
    otherToken: 'Use another token',
    where:
      'The server prints the address of this page, with its token, when it starts. A token set as SIGHTLINE_ADMIN_TOKEN is not printed.',
  },

  lost: {
    title: 'The server cannot be reached.',
    fails: 'The server fails.',
    retry: (seconds: number) =>
      seconds > 0
        ? `Trying again in ${seconds} s. What you see may have changed.`
        : 'Trying again. What you see may have changed.',
    now: 'Try now',
  },

  unknown: {
    title: 'Not a page',
    nothing: 'There is nothing at this address',
    says: 'It may have been mistyped. All rooms are one step back.',
  },

  keys: {
    title: 'Keys',
    list: [
      ['C', 'New room, or new link inside a room'],
      ['/', 'Find a room'],
      ['↑ ↓', 'Go from row to row'],
      ['Enter', 'Open the row, or its menu'],
      ['Shift F10', 'The menu of the row'],
      ['G then R', 'Rooms'],
      ['G then V', 'Server'],
      ['Esc', 'Close a menu or a dialog'],
      ['?', 'These keys'],
    ],
  },

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
    from: (when: string) => `From ${when}`,
    until: (when: string) => `Until ${when}`,
    span: (from: string, to: string) => `${from} to ${to}`,
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
      pin: '4 to 12 digits.',
    },
    changed: 'Somebody changed this while you did. Look, then save again.',
    change: (field: string, was: string, now: string) => `${field}: was ${was}, is now ${now}.`,
    kept: 'What you typed is kept.',
    takeTheirs: 'Take theirs',
  },

  rooms: {
    new: 'New room',
    make: 'Make room',
    find: 'Find a room',
    show: 'Show',
    shows: { current: 'Current', ended: 'Ended', all: 'All' },
    showEnded: 'Show ended rooms',
    groups: { live: 'Live', next: 'Next', ended: 'Ended' },
    live: 'Live',
    openNoPicture: 'Open, no picture',
    scheduled: 'Scheduled',
    ended: 'Ended',
    ends: (when: string) => `ends ${when}`,
    since: (when: string) => `since ${when}`,
    seats: (n: number) => (n === 0 ? 'None taken' : `${n} taken`),
    seatsOf: (n: number, max: number) => `${n} of ${max}`,
    links: (n: number) => (n === 0 ? 'no links' : n === 1 ? '1 link' : `${n} links`),
    nothingSent: 'Nothing sent yet',
    notLoaded: 'The rooms could not be loaded',
    none: 'No rooms yet',
    noneSay: 'A room is one review: a picture, the people who may see it, and their notes.',
    noneSteps: [
      'Make a room and choose when it opens.',
      'Point OBS at it: copy two or three values.',
      'Send each person their own link.',
    ],
    noneCurrent: 'No current rooms',
    noneCurrentSay: 'All rooms have ended. Make a new one, or open an ended one again.',
    noMatch: 'No such rooms',
    noMatchSay: 'Nothing has this in its title or slug. Search for less, or show all.',
    noneEndedTitle: 'No ended rooms',
    noneEnded: 'Rooms are listed here once they have ended.',
  },

  room: {
    title: 'Room',
    open: 'Open',
    edit: 'Edit room',
    editWord: 'Edit…',
    editButton: 'Edit',
    end: 'End room',
    endWord: 'End room…',
    reopen: 'Open again',
    reopenWord: 'Open again…',
    delete: 'Delete room',
    deleteWord: 'Delete room…',
    openReview: 'Open the review page',
    copyHost: 'Copy host link',
    hostLink: 'host link',
    notLoaded: 'The room could not be loaded',
    gone: 'This room is not here',
    goneSay: 'It was deleted, or the address is not right.',
    fields: {
      title: 'Title',
      slug: 'Slug',
      description: 'Description',
      startsAt: 'Opens',
      endsAt: 'Ends',
      maxViewers: 'Seats',
      lease: 'Lease',
    },
    slugPlaceholder: 'From the title',
    slugHint: 'The room’s address is /r/ and this.',
    slugChange: 'With another slug, links already sent stop working.',
    slugTaken: 'Another room has this slug. Choose another one.',
    descriptionHint: 'Only admins see this.',
    startsHint: 'Your time. Empty: now.',
    endsHint: 'Your time. Empty: when you end it.',
    seatsHint: 'People who may watch at once.',
    leaseUsual: 'As the server has it',
    leaseOf: (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`),
    leaseHint: 'How soon a revoked link loses the picture.',
    liveFor: (length: string) => `Live ${length}`,
    opens: (when: string) => `Opens ${when}`,
    saved: 'Room saved.',
    endTitle: (title: string) => `End “${title}”?`,
    endEncoder: 'The encoder is dropped and its picture stops. From now on nobody is let in.',
    endDoor: 'From now on nobody is let in, and nothing can be published.',
    endSeats: (n: number, leaseMs: number | null) => {
      const who = n === 1 ? '1 person has a seat and loses it' : `${n} people have a seat and lose it`
      return leaseMs === null
        ? `${who} when their lease runs out, a few minutes from now at most.`
        : `${who} within ${leaseMs % 60_000 === 0 ? `${leaseMs / 60_000} min` : `${leaseMs / 1000} s`}.`
    },
    endBack: 'You can open it again; the same links and key then work again.',
    endDone: 'Room ended.',
    reopenTitle: (title: string) => `Open “${title}” again?`,
    reopenSay: 'Its links and its key work again, as far as they have not ended themselves.',
    reopenNoEnd: 'Its end has passed and is taken away. Set another one under Edit.',
    reopenDone: 'Room opened again.',
    deleteTitle: (title: string) => `Delete “${title}”?`,
    deleteSay: (links: number) =>
      links === 0
        ? 'The room and its key are gone for good.'
        : links === 1
          ? 'The room, its key and its link are gone for good.'
          : `The room, its key and its ${links} links are gone for good.`,
    deleteEncoder: 'The encoder is dropped.',
    deleteEnd: 'This cannot be taken back. To keep it, end it.',
    deleteDone: 'Room deleted.',
    picture: 'Picture',
    pictureInReview: 'Open the review page to see the picture',
    nothingSent: 'Nothing is being sent',
    nothingSay: (state: string, seats: number) =>
      state === 'ended'
        ? 'The room has ended. Open it again to let people in.'
        : state === 'scheduled'
          ? 'The room has not opened. It opens by itself.'
          : seats > 0
            ? 'Who is in the room waits for the picture. It starts for them by itself.'
            : 'The picture starts by itself for everybody who waits, once an encoder sends.',
    playable: 'Viewers get the picture',
    playableSay: 'The origin has the picture ready.',
    notPlayable: 'Not playable yet',
    notPlayableSay: 'The encoder is let in; the origin has no picture from it so far. It starts by itself.',
    playableUnknown: 'Not known if it plays',
    playableUnknownSay:
      'The encoder is let in, but the origin cannot be asked. Open the review page to look.',
    seats: 'seats',
    seatsNoLimit: 'seats, no limit',
    protocol: 'protocol',
    since: (clock: string) => `since ${clock}`,
  },

  publish: {
    title: 'Publish',
    protocol: 'Protocol',
    protocols: { rtmp: 'RTMP', srt: 'SRT', whip: 'WHIP' },
    demo: 'From outside, the demonstration origin takes WHIP only.',
    service: 'Service',
    custom: 'Custom…',
    whip: 'WHIP',
    server: 'Server',
    streamKey: 'Stream key',
    streamId: 'Stream ID',
    bearerToken: 'Bearer token',
    leaveEmpty: 'Leave it empty',
    notes: {
      rtmp: 'In OBS: Settings, Stream. Then Output: keyframe interval 1 s, no B-frames.',
      srt: 'In OBS: Settings, Stream. The stream ID is in the address already; encoders that ask for it apart get it from the last line.',
      whip: 'In OBS 30 or later: Settings, Stream. Keyframe interval 1 s, no B-frames.',
    },
    hidden: 'Viewers never see these values.',
    noOrigin:
      'No origin is configured, so there is nowhere to publish to. Under Server you read how to connect one.',
    rotate: 'Change the key',
    rotateTitle: 'Change the key?',
    rotateSay: 'The old key stops working now and the encoder is dropped. Copy the new values to it.',
    rotated: 'The key is changed.',
  },

  links: {
    title: 'Links',
    new: 'New link',
    make: 'Make and copy link',
    none: 'No links yet. Send each person their own, so that one can be revoked without the others.',
    newTitle: (room: string) => `New link for ${room}`,
    editTitle: (label: string) => `Link for ${label}`,
    columns: {
      label: 'For',
      role: 'Role',
      pin: 'PIN',
      until: 'Until',
      devices: 'Devices',
      state: 'State',
    },
    fields: {
      label: 'For',
      name: 'Name in the room',
      askName: 'Ask for a name',
      role: 'Role',
      grants: 'Grants',
      pin: 'PIN',
      pinDigits: 'PIN',
      startsAt: 'Opens',
      endsAt: 'Until',
      maxUses: 'Uses',
      maxDevices: 'Devices at once',
    },
    labelHint: 'Only you see this.',
    theyChoose: 'They choose',
    startsHint: 'Empty: when the room opens.',
    endsHint: 'Your time. Empty: no end.',
    roomEnds: (when: string) => `The room ends ${when}; the link does not outlive it.`,
    devicesHint: 'Seats held through it.',
    usesHint: 'How often it may be opened in all.',
    pinHint: 'Send it apart from the link.',
    pinKept: 'It has one, which cannot be shown. Type to replace it.',
    pinOnce: 'The PIN is shown only now. Send it apart from the link.',
    noPin: 'None',
    makePin: 'Make one',
    removePin: 'Remove',
    removePinLabel: 'Remove the PIN',
    roles: {
      observer: { word: 'Observer', does: 'Watches.' },
      captioner: { word: 'Captioner', does: 'Watches. Captions, once rooms have them.' },
      reviewer: { word: 'Reviewer', does: 'Watches. Chat and notes, once rooms have them.' },
      presenter: { word: 'Presenter', does: 'As reviewer, and may send a picture then.' },
      host: { word: 'Host', does: 'Everything a room will offer.' },
      custom: { word: 'Own choice', does: 'Grant by grant.' },
    },
    grants: {
      message: { word: 'Chat', does: 'Write in the chat' },
      annotate: { word: 'Notes', does: 'Make notes and draw' },
      caption: { word: 'Captions', does: 'Write captions' },
      present: { word: 'Send a picture', does: 'Send camera or screen' },
      record: { word: 'Record', does: 'Start and stop recordings' },
      token: { word: 'Invite', does: 'Make links' },
      op: { word: 'Host the room', does: 'Let in, remove, lock, end' },
    },
    nameFixed: (name: string) => `Named ${name}`,
    asksName: 'Asks for a name',
    noName: 'No name asked',
    noEnd: 'No end',
    usesOf: (n: number, max: number) => `${n} of ${max} uses`,
    inTheRoom: 'In the room',
    away: 'Not in the room',
    notOpened: 'Not opened yet',
    opens: (when: string) => `Opens ${when}`,
    scheduled: 'Waits for the room',
    ended: 'Ended',
    usedUp: 'Used up',
    revoked: 'Revoked',
    many: (n: number) => `${n}+`,
    link: 'Link',
    linkOf: (label: string) => `link for ${label}`,
    actions: {
      open: 'Open the review page',
      hour: 'Extend by 1 hour',
      day: 'Extend by 1 day',
      edit: 'Edit, extend to a date…',
      revoke: 'Revoke…',
      giveBack: 'Give back',
    },
    extended: (label: string, when: string) => `The link for ${label} works until ${when}.`,
    revoke: 'Revoke link',
    revokeTitle: (label: string) => `Revoke the link for ${label}?`,
    revokeSay: 'From now on it lets nobody in.',
    revokeSeats: (n: number) =>
      n === 1
        ? '1 person is in the room through it and loses the picture when their lease runs out.'
        : `${n} people are in the room through it and lose the picture when their lease runs out.`,
    revokeBack: 'You can give it back; the same link then works again.',
    revokedNow: (label: string) => `The link for ${label} is revoked.`,
    givenBack: (label: string) => `The link for ${label} works again.`,
    notDone: (label: string) => `The link for ${label} was not changed`,
    ready: (label: string) => `Link for ${label}`,
    readyCopied: 'The link is on your clipboard.',
    readyNotCopied: 'This browser keeps the clipboard closed. Select the link and copy it.',
  },

  seats: {
    title: 'In the room',
    none: 'Nobody holds a seat.',
    person: 'Person',
    address: 'Address',
    protocol: 'Over',
    here: 'Here',
    until: 'Seat until',
    untilSay: 'A seat is renewed while its page is open, and is free again at that time at the latest.',
    through: (label: string) => `Link for ${label}`,
    moved: 'Moved',
    movedSay: 'This person came from another address. The seat is there now; the older one is not renewed.',
  },

  server: {
    again: 'Check again',
    answers: 'What answers',
    about: 'This server',
    version: 'Version',
    address: 'Address in links',
    zone: 'Your time zone',
    checked: (clock: string) => `Checked ${clock}`,
    ok: 'Answers',
    none: 'None is configured',
    database: 'Database',
    origin: 'Origin',
    databaseDown: 'The database does not answer.',
    databaseDownSay: 'Who watches now goes on; nobody new is let in until it is back.',
    originDown: 'The origin does not answer.',
    originDownSay:
      'Check that OvenMediaEngine runs and that this server reaches its API. Who watches now may go on; the encoder cannot be dropped meanwhile.',
    noOrigin: 'No origin is configured.',
    noOriginSay: 'You can make rooms and links, but nothing can be published.',
    how: 'How to connect one',
    connect: 'Connect an origin',
    connectSay: 'Set these for the server, and start it again.',
    connectSteps: [
      ['OME_API_URL', 'The REST API of OvenMediaEngine, such as http://10.0.0.5:8081.'],
      ['OME_API_TOKEN', 'Its access token, as in Server.xml.'],
      ['OME_WEBHOOK_SECRET', 'The secret of its AdmissionWebhooks.'],
      ['OME_PUBLIC_URL', 'Where browsers reach it, such as wss://ome.example:3334.'],
    ],
  },
}
