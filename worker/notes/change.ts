import type { Rate } from '../../timecode/rate.ts'
import type { Drawing } from '../live/messages/drawing-fields.ts'
import type { Note, NoteColor } from '../live/messages/notes.ts'

/** What somebody in the room wants of a note. Times in ms. */
export type NoteChange =
  | {
      do: 'add'
      /** Its own, new. */
      id: string
      ref: string
      text: string
      at: number
      delayMs: number | null
      frame: number | null
      rate: Rate | null
      streamId: string | null
      color: NoteColor
      drawing: Drawing | null
      stillId: string | null
      late: boolean
    }
  | { do: 'reply'; id: string; ref: string; parent: string; text: string; late: boolean }
  /** Undefined: it stays. */
  | {
      do: 'edit'
      id: string
      text: string | undefined
      color: NoteColor | undefined
      drawing: Drawing | null | undefined
    }
  /** `anybody`: not only one's own. */
  | { do: 'delete'; id: string; anybody: boolean }
  | { do: 'resolve'; id: string; resolved: boolean }

/** What came of it. `already`: it was sent before, and is there. */
export type NoteOutcome =
  | { changed: Note }
  | { refused: 'forbidden' | 'not_found' | 'notes_full' | 'already_sent' }
