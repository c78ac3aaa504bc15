import type { NoteColor } from '../../../worker/live/messages/notes.ts'

export type { NoteColor }

/** In the order of the menu: those of the inks first, then the rest as Resolve has them. */
export const noteColors: readonly NoteColor[] = [
  'yellow',
  'red',
  'green',
  'cyan',
  'blue',
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
]
