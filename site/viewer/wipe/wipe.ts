import { type Signal, signal } from '@preact/signals'
import type { Desk } from '../instruments/desk.ts'
import type { Direction } from './edge.ts'

/** A still that is compared with the picture. */
export interface Compared {
  name: string
  url: string
}

/** The comparison of a still with the picture under it; it goes on while `desk.mode` is `wipe`. */
export interface Wipe {
  readonly still: Signal<Compared | null>
  readonly direction: Signal<Direction>
  /** 0 to 1 of the picture. */
  readonly at: Signal<number>
  /** The whole still is shown instead of a part. */
  readonly whole: Signal<boolean>
  /** The still that was shown to all and put away by oneself, by its object. */
  readonly away: Signal<object | null>
  compare(still: Compared): void
  leave(): void
}

export function createWipe({ mode }: Pick<Desk, 'mode'>): Wipe {
  const still = signal<Compared | null>(null)
  const whole = signal(false)
  return {
    still,
    direction: signal('vertical'),
    at: signal(0.5),
    whole,
    away: signal(null),
    compare(next) {
      still.value = next
      whole.value = false
      mode.value = 'wipe'
    },
    leave() {
      mode.value = 'watch'
    },
  }
}
