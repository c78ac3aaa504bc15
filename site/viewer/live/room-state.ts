import type { Waiting } from '../../../worker/live/messages/control.ts'
import type { Drawn } from '../../../worker/live/messages/drawing.ts'
import type { ShownStill } from '../../../worker/live/messages/stills.ts'
import type { Person, RoomNow, ToClient } from '../../../worker/live/protocol.ts'
import { marksAfter } from './marks.ts'
import { peopleAfter } from './people.ts'

/** This page's own person, as the room sees them. */
export type You = Extract<ToClient, { type: 'welcome' }>['you']

/** The room as this page knows it: what the channel said, added up. Parts that did not change stay the same objects. */
export interface RoomState {
  /** Null before the first welcome. */
  you: You | null
  people: readonly Person[]
  /** Who stands before the door, the longest first; only operators are told. */
  waiting: readonly Waiting[]
  room: RoomNow | null
  /** The still that everybody is shown. */
  shown: ShownStill | null
  /** What hosts said to this person alone or to all, the oldest first, until it is put away. */
  notices: readonly Notice[]
  /** What is drawn over the picture, the oldest first. */
  marks: readonly Drawn[]
}

/** With its number, which is its name. */
export type Notice = Extract<ToClient, { type: 'notice' }>

export const emptyState: RoomState = {
  you: null,
  people: [],
  waiting: [],
  room: null,
  shown: null,
  notices: [],
  marks: [],
}

/** What a message makes of it. The line sees to it that each comes once. */
export function stateAfter(state: RoomState, message: ToClient): RoomState {
  return {
    you: youAfter(state.you, message),
    people: peopleAfter(state.people, message),
    waiting: waitingAfter(state, message),
    room: roomAfter(state.room, message),
    shown: shownAfter(state.shown, message),
    notices: noticesAfter(state, message),
    marks: marksAfter(state.marks, message),
  }
}

function youAfter(you: You | null, message: ToClient): You | null {
  if (message.type === 'welcome') return message.you
  const isYou =
    (message.type === 'person.changed' || message.type === 'person.joined') && message.person.id === you?.id
  return isYou && you ? { ...you, ...message.person } : you
}

function waitingAfter({ waiting, you }: RoomState, message: ToClient): readonly Waiting[] {
  switch (message.type) {
    case 'welcome':
      return message.waiting
    case 'waiting.joined':
      return [...waiting.filter(({ id }) => id !== message.person.id), message.person]
    case 'waiting.left':
      return waiting.filter(({ id }) => id !== message.id)
    case 'person.changed':
      // Who no longer holds the door is not told either when they have come in.
      return message.person.id === you?.id && !message.person.permissions.includes('op') ? [] : waiting
  }
  return waiting
}

function roomAfter(room: RoomNow | null, message: ToClient): RoomNow | null {
  if (message.type !== 'welcome' && message.type !== 'room.changed') return room
  const { room: viewed, publishing, playable, streams, demo, sub, timecode } = message
  return {
    room: viewed,
    publishing,
    playable,
    streams,
    demo,
    ...(sub ? { sub } : {}),
    ...(timecode ? { timecode } : {}),
  }
}

function shownAfter(shown: ShownStill | null, message: ToClient): ShownStill | null {
  if (message.type === 'welcome') return message.shownStill ?? null
  return message.type === 'still.shown' ? message.still : shown
}

/** What one tells everybody oneself, one knows. */
function noticesAfter({ notices, you }: RoomState, message: ToClient): readonly Notice[] {
  return message.type === 'notice' && message.from.id !== you?.id ? [...notices, message] : notices
}
