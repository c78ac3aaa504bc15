import * as v from 'valibot'
import { framesPerDay } from '../../../timecode/rate.ts'
import { paragraph, whole } from '../../http/fields.ts'
import { Drawing } from './drawing-fields.ts'
import { id, named, ref, Somebody } from './fields.ts'
import { rate } from './timecode.ts'

/** The live channel's messages about notes. Part of `protocol.ts`. */

/** The longest note or answer, in characters. */
const MAX_NOTE = 4_000

/** The colours of a note: Resolve's marker colours, in lower case. */
export const noteColors = [
  'blue',
  'cyan',
  'green',
  'yellow',
  'red',
  'pink',
  'purple',
  'fuchsia',
  'rose',
  'lavender',
  'sky',
  'mint',
  'lemon',
  'sand',
  'cocoa',
  'cream',
] as const
export type NoteColor = (typeof noteColors)[number]

const text = v.pipe(paragraph(MAX_NOTE), v.minLength(1, 'must not be empty'))
const color = v.picklist(noteColors, 'must be a colour')

/** Each needs `annotate`, if nothing else is said. What is saved comes to everybody as `notes.changed`. */
export const notesToServer = [
  /**
   * What is said of the picture at a moment. `at`: ms of the server's clock, when the frame was made, with `delayMs`, the
   * page's delay, taken off already. Without `frame` it has the room's timecode, if there is one. `late`: it was written
   * while the line was down. `ref` is required: what is sent twice under one is stored once.
   */
  v.strictObject({
    type: v.literal('note.add'),
    text,
    at: whole(0, Number.MAX_SAFE_INTEGER),
    delayMs: v.optional(whole(0, 600_000)),
    frame: v.optional(whole(0, framesPerDay('60') - 1)),
    rate: v.optional(rate),
    streamId: v.optional(id),
    color: v.optional(color),
    drawing: v.optional(Drawing),
    stillId: v.optional(id),
    late: v.optional(v.literal(true)),
    ref,
  }),
  /** An answer to a note; to an answer there is none. */
  v.strictObject({
    type: v.literal('note.reply'),
    parent: id,
    text,
    late: v.optional(v.literal(true)),
    ref,
  }),
  /** One's own only. What does not change may be left out; `drawing: null` takes it away. */
  v.strictObject({
    type: v.literal('note.edit'),
    id,
    text: v.optional(text),
    color: v.optional(color),
    drawing: v.optional(v.nullable(Drawing)),
    ...named,
  }),
  /** One's own, whatever one may else; with `op` anybody's. Answers go with their note. */
  v.strictObject({ type: v.literal('note.delete'), id, ...named }),
  v.strictObject({
    type: v.literal('note.resolve'),
    id,
    resolved: v.boolean('must be true or false'),
    ...named,
  }),
] as const

/** A note, or an answer to one, as everybody in the room sees it. */
export const Note = v.strictObject({
  id: v.string(),
  /** The note that it answers; null = it is none's answer. */
  parent: v.nullable(v.string()),
  /** `id` null: it came with an import. */
  from: v.strictObject({ ...Somebody.entries, id: v.nullable(v.string()) }),
  text: v.string(),
  /** When the frame was made, and the delay that was taken off; null = it was not known. */
  at: v.string(),
  delayMs: v.nullable(v.number()),
  /** The timecode, in frames since 00:00:00:00 at `rate`; null = the room had none. */
  frame: v.nullable(v.number()),
  rate: v.nullable(rate),
  /** Which picture; null = the programme. */
  streamId: v.nullable(v.string()),
  color,
  drawing: v.nullable(Drawing),
  stillId: v.nullable(v.string()),
  /** Written while the line was down, sent afterwards. */
  late: v.boolean(),
  resolved: v.nullable(v.strictObject({ at: v.string(), by: v.string() })),
  createdAt: v.string(),
  editedAt: v.nullable(v.string()),
  /** When anything of it last changed: rises with every change within a room. */
  changedAt: v.string(),
  /** It is gone, and its answers with it: then there is no text, drawing or still. */
  deleted: v.boolean(),
  /** The page's own name of it; null = it came with an import. */
  ref: v.nullable(v.string()),
})
export type Note = v.InferOutput<typeof Note>

const seq = v.number()

export const notesToClient = [
  /** A note is new, or is now so. */
  v.strictObject({ type: v.literal('notes.changed'), seq, note: Note }),
  /** They changed from outside the room: what is newer than one knows is to be read (`GET /api/room/notes?since=`). */
  v.strictObject({ type: v.literal('notes.behind'), seq }),
] as const
