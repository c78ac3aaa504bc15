import { inSentence } from './in-sentence.ts'

/** The page of a room. */
export const room = {
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
    descriptionHint: 'Staff see this, and everybody if the room is public.',
    startsHint: 'Your time. Empty: now.',
    endsHint: 'Your time. Empty: when you end it.',
    seatsHint: 'People who may watch at once.',
    leaseUsual: 'As the server has it',
    leaseOf: (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`),
    leaseHint: 'How soon a revoked link loses the picture.',
    liveFor: (length: string) => `Live ${length}`,
    opens: (when: string) => `Opens ${inSentence(when)}`,
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

  seats: {
    title: 'Seats',
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

  attendance: {
    title: 'Who was here',
    none: 'Nobody has watched yet. Who comes, from when and until when, is kept here.',
    csv: 'Export CSV',
    columns: { person: 'Person', drawn: 'Drawn over time', when: 'From, until', length: 'For' },
    people: (n: number) => (n === 1 ? '1 person' : `${n} people`),
    here: 'Here',
    noPicture: 'No picture',
    through: (label: string | null) => (label === null ? 'A link that is gone' : `Link for ${label}`),
    since: (clock: string) => `${clock} –`,
    span: (from: string, to: string) => `${from} – ${to}`,
    earlier: 'Show earlier',
  },
}
