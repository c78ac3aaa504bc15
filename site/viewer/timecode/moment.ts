import type { ReadonlySignal } from '@preact/signals'
import { frameAt, type TimecodeClock } from '../../../timecode/clock.ts'
import type { Rate } from '../../../timecode/rate.ts'
import type { Live } from '../live/room-store.ts'

/** How far this viewer's picture is behind, as far as it is known. */
export interface Delay {
  /** From the camera or the grade to this screen. */
  ms: number
  /** `estimate`: put together from what the connection says. */
  how: 'chart' | 'estimate'
}

/** An instant of the picture on this screen. */
export interface Moment {
  /** When the frame on screen was made: ms of the server's clock. */
  at: number
  /** What was taken off for that; null = it is not known, and nothing was. */
  delayMs: number | null
  /** The delay was measured by the chart; else it is an estimate, or not known. */
  measured: boolean
  /** Frames since 00:00:00:00; null = the picture has no timecode. */
  frame: number | null
  rate: Rate | null
  /** Whose timecode it is: carried by the stream itself, or set in the room. */
  source: 'stream' | 'room' | null
}

export interface Moments {
  /** Of the frame that is on screen now. */
  now(): Moment
  /** Of the frame that was on screen then. @param then ms of the server's clock, as {@link Live.now} tells it */
  at(then: number): Moment
  /** The clock by which the picture on this screen goes; its `at` is on this viewer's screen, their delay included. */
  clock(): { clock: TimecodeClock; source: 'stream' | 'room' } | null
}

/**
 * @param delay of this viewer
 * @param stream the timecode that the stream carries, as of a frame that was on screen here; null = none
 */
export function createMoments(
  live: Pick<Live, 'room' | 'now'>,
  delay: ReadonlySignal<Delay | null>,
  stream: ReadonlySignal<TimecodeClock | null>,
): Moments {
  const clock: Moments['clock'] = () => {
    if (stream.value) return { clock: stream.value, source: 'stream' }
    const told = live.room.value?.timecode
    if (!told) return null
    const { rate, frame, at, running } = told
    return { clock: { rate, frame, at: at + (delay.value?.ms ?? 0), running }, source: 'room' }
  }
  const at: Moments['at'] = then => {
    const { ms = 0, how } = delay.value ?? {}
    const known = clock()
    return {
      at: Math.round(then - ms),
      delayMs: delay.value && Math.round(ms),
      measured: how === 'chart',
      frame: known && frameAt(known.clock, then),
      rate: known?.clock.rate ?? null,
      source: known?.source ?? null,
    }
  }
  return { now: () => at(live.now()), at, clock }
}
