/**
 * Every sentence and word of all pages. A language is one catalogue of this shape, with a folder of its own: copy both,
 * translate them, and let them be checked with `satisfies`: `const all = { shared, viewer, … } satisfies typeof
 * import('./en.ts')`, so that a missing or surplus key is a type error. Functions take what varies, so
 * that a translator decides the order of words. Tone: plain, present tense, second person; the state, then what happens
 * or what to do.
 */
export { admin } from './en/admin.ts'
export { chart } from './en/chart.ts'
export { chat } from './en/chat.ts'
export { commands } from './en/commands.ts'
export { files } from './en/files.ts'
export { landing } from './en/landing.ts'
export { panel } from './en/panel.ts'
export { shared } from './en/shared.ts'
export { displayCheck } from './en/viewer/display-check.ts'
export { doors } from './en/viewer/doors.ts'
export { drawing } from './en/viewer/drawing.ts'
export { health } from './en/viewer/health.ts'
export { keys } from './en/viewer/keys.ts'
export { notes } from './en/viewer/notes.ts'
export { pointer } from './en/viewer/pointer.ts'
export { scopes } from './en/viewer/scopes.ts'
export { stills } from './en/viewer/stills.ts'
export { streams } from './en/viewer/streams.ts'
export { timecode } from './en/viewer/timecode.ts'
export { viewer } from './en/viewer.ts'
