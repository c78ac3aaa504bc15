import type { ToClient } from '../../../worker/live/protocol.ts'
import type { RoomView } from '../../../worker/people/schema.ts'

const IN = { state: 'admitted', opensAt: null, waiting: null } as const

/** What a message changes of the room as `GET /api/room` would show it to this person; the same object when nothing. */
export function viewAfter(view: RoomView | null, message: ToClient): RoomView | null {
  switch (message.type) {
    case 'welcome': {
      const { you, room, publishing, playable, streams, demo, now } = message
      const { id, name, permissions } = you
      // Who stands before a locked sub-room is in the room, and sees its picture.
      const inRoom = message.sub !== undefined && you.waiting?.for === 'unlock'
      const { state, opensAt, waiting } = inRoom ? IN : you
      return {
        person: { id, name },
        permissions,
        state,
        opensAt,
        waiting,
        room,
        publishing,
        playable,
        streams,
        demo,
        watermark: you.watermark,
        now,
      }
    }
    case 'resumed':
      return view && { ...view, watermark: message.watermark, now: message.now }
    case 'room.changed': {
      const { room, publishing, playable, streams, demo, now } = message
      return view && { ...view, room, publishing, playable, streams, demo, now }
    }
    case 'watermark':
      return view && { ...view, watermark: message.watermark }
    case 'person.changed': {
      const { id, name, permissions } = message.person
      return view && view.person.id === id ? { ...view, person: { id, name }, permissions } : view
    }
  }
  return view
}
