/** So long without a new frame, in ms, and the picture counts as standing still. */
export const STALL_AFTER = 3000

/** What is remembered between two looks at a picture. */
export interface Motion {
  /** Frames decoded, or any other number that grows while the picture moves. */
  count: number
  /** When it last grew, in ms. */
  movedAt: number
  stalled: boolean
}

/**
 * One look. `count` is null when nobody can tell now (the page is hidden, the statistics are late): that is no sign of
 * standing still. A browser that says "playing" although nothing comes (iOS does) is found out this way.
 */
export function look(before: Motion, count: number | null, now: number): Motion {
  if (count === null) return { ...before, movedAt: now }
  if (count !== before.count) return { count, movedAt: now, stalled: false }
  return { ...before, stalled: before.stalled || now - before.movedAt >= STALL_AFTER }
}
