import type { Ink, Tool, Weight } from './stroke.ts'

/** What a note's drawing may hold: marks, points in all of them, bytes as JSON. The server's limits: a test holds them together. */
export const MAX_MARKS = 100
export const MAX_POINTS = 2_000
export const MAX_DRAWING = 32 * 1024

/** In the order of their keys. */
export const inks = ['red', 'yellow', 'green', 'cyan', 'blue', 'pink'] as const satisfies readonly Ink[]
export const tools = ['pen', 'arrow', 'rectangle', 'ellipse'] as const satisfies readonly Tool[]
export const weights = [2, 3, 5] as const satisfies readonly Weight[]
