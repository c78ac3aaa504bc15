import { frameAt } from '../../../timecode/clock.ts'
import type { NoteChange } from '../../notes/change.ts'
import type { Note } from '../messages/notes.ts'
import type { ToServer } from '../protocol.ts'
import { record } from './recording.ts'
import type { Answer, Ask, RoomFacts } from './state.ts'
import type { Speaker } from './talking.ts'
import { ask, done, holds, nameOf, refuse, type Turn, tell } from './telling.ts'

/** How far the moment of a note may lie behind the server's clock: a long session, in ms. Before it: what clocks differ by. */
export const NOTE_BEHIND = 12 * 3600_000
export const NOTE_AHEAD = 1_000

type NoteMessage = Extract<ToServer, { type: `note.${string}` }>
type Asked = Extract<Ask, { kind: 'note' }>

/** What can be seen not to go is refused here; the database looks at all of it again. */
export function changeNote(turn: Turn, { socket, member }: Speaker, message: NoteMessage, fresh: string) {
  if (message.type !== 'note.delete' && !holds(member, 'annotate'))
    return refuse(turn, socket, message, 'forbidden')
  if (
    message.type === 'note.add' &&
    (message.at > turn.at + NOTE_AHEAD || message.at < turn.at - NOTE_BEHIND)
  )
    return refuse(turn, socket, message, 'moment_off')
  if (message.type === 'note.edit' && (message.text ?? message.color ?? message.drawing) === undefined)
    return refuse(turn, socket, message, 'unreadable')
  const change = changeOf(turn, message, fresh, holds(member, 'op'))
  ask(turn, { kind: 'note', socket, by: nameOf(member), ref: message.ref, change, at: turn.at })
}

function changeOf(turn: Turn, message: NoteMessage, fresh: string, isHost: boolean): NoteChange {
  switch (message.type) {
    case 'note.add': {
      const { ref, text, delayMs = null, streamId = null, stillId = null, drawing = null } = message
      const at = Math.min(message.at, turn.at)
      return {
        do: 'add',
        id: fresh,
        ref,
        text,
        at,
        delayMs,
        ...timecodeOf(message, turn.state.room, at),
        streamId,
        color: message.color ?? 'yellow',
        drawing,
        stillId,
        late: message.late ?? false,
      }
    }
    case 'note.reply': {
      const { ref, parent, text, late = false } = message
      return { do: 'reply', id: fresh, ref, parent, text, late }
    }
    case 'note.edit': {
      const { id, text, color, drawing } = message
      return { do: 'edit', id, text, color, drawing }
    }
    case 'note.delete':
      return { do: 'delete', id: message.id, anybody: isHost }
    case 'note.resolve':
      return { do: 'resolve', id: message.id, resolved: message.resolved }
  }
}

/** What the page read off the picture, else what the room's clock says of that moment. */
function timecodeOf(
  { frame, rate }: Pick<Extract<NoteMessage, { type: 'note.add' }>, 'frame' | 'rate'>,
  room: RoomFacts | null,
  at: number,
): Pick<Extract<NoteChange, { do: 'add' }>, 'frame' | 'rate'> {
  if (frame !== undefined && rate !== undefined) return { frame, rate }
  const clock = room?.timecode
  return clock ? { frame: frameAt(clock, at), rate: clock.rate } : { frame: null, rate: null }
}

/** Only now, with the database's word, is anything shown. */
export function noteSaved(turn: Turn, { socket, by, ref, change }: Asked, answer: Answer) {
  const about = { type: `note.${change.do}`, ref }
  const refused = (code: Parameters<typeof refuse>[3]) => {
    if (turn.state.sockets.has(socket)) refuse(turn, socket, about, code)
  }
  if (typeof answer !== 'object' || !('note' in answer)) return refused('not_saved')
  const { note: outcome } = answer
  if ('refused' in outcome) return refused(outcome.refused)
  const { changed: note } = outcome
  if (note.deleted && note.from.id !== by.id)
    record(turn, socket, by, 'note.delete', { kind: 'note', id: note.id }, { from: note.from.name })
  forgetEarlier(turn, note)
  know(turn, Date.parse(note.changedAt))
  tell(turn, 'admitted', { type: 'notes.changed', note })
  done(turn, socket, about)
}

/** Whoever comes back is told how a note is, not how it was: of one that is deleted no word, nor of its answers. */
function forgetEarlier(turn: Turn, { id, deleted }: Note): void {
  const replay = turn.state.replay.filter(
    ({ news }) =>
      news.type !== 'notes.changed' || (news.note.id !== id && !(deleted && news.note.parent === id)),
  )
  if (replay.length < turn.state.replay.length) turn.state = { ...turn.state, replay }
}

/** The room's pages know of a change. */
function know(turn: Turn, at: number): void {
  const { room } = turn.state
  if (room && room.notesAt < at) turn.state = { ...turn.state, room: { ...room, notesAt: at } }
}

/** The database was looked at again: what of the notes was not changed through here, pages are told to read. */
export function lookAtNotes(turn: Turn, room: RoomFacts): void {
  const before = turn.state.room?.notesAt ?? room.notesAt
  turn.state = { ...turn.state, room: { ...room, notesAt: Math.max(before, room.notesAt) } }
  if (room.notesAt > before) tell(turn, 'admitted', { type: 'notes.behind' })
}
