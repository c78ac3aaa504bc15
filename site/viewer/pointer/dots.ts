import { type ReadonlySignal, signal } from '@preact/signals'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import type { ToClient } from '../../../worker/live/protocol.ts'

/** Somebody's pointer. */
export interface Dot {
  /** The person's id. */
  id: string
  name: string
  /** The picture it is on; null = the programme. */
  streamId: string | null
  /** Where it was told to be last. Changes while the rest of the dot does not. */
  readonly at: ReadonlySignal<Point>
  /** Nothing was heard of it for a while, or it is over. */
  readonly fading: ReadonlySignal<boolean>
}

/** A pointer of which nothing is heard for so long fades, in ms, and is gone so long after that. */
export const FADES_AFTER = 1_500
export const GONE_AFTER = 400

export interface Dots {
  /** In the order in which they came. They are told of a place without changing. */
  readonly all: ReadonlySignal<readonly Dot[]>
  hear(message: Extract<ToClient, { type: 'pointer' }>): void
  /** Somebody has left. */
  forget(id: string): void
  close(): void
}

type Kept = Dot & {
  at: ReturnType<typeof signal<Point>>
  fading: ReturnType<typeof signal<boolean>>
  timer: ReturnType<typeof setTimeout> | undefined
}

export function createDots(): Dots {
  const all = signal<readonly Kept[]>([])

  function fade(dot: Kept): void {
    clearTimeout(dot.timer)
    dot.fading.value = true
    dot.timer = setTimeout(() => drop(dot), GONE_AFTER)
  }

  function drop(dot: Kept): void {
    clearTimeout(dot.timer)
    all.value = all.peek().filter(other => other !== dot)
  }

  const of = (id: string) => all.peek().find(dot => dot.id === id)

  return {
    all: all as unknown as ReadonlySignal<readonly Dot[]>,
    hear({ from: { id, name }, at, streamId = null }) {
      let dot = of(id)
      if (!at) {
        if (dot) fade(dot)
        return
      }
      if (dot && (dot.streamId !== streamId || dot.name !== name || dot.fading.peek())) {
        drop(dot)
        dot = undefined
      }
      if (dot) dot.at.value = at
      else {
        dot = { id, name, streamId, at: signal(at), fading: signal(false), timer: undefined } as Kept
        all.value = [...all.peek(), dot]
      }
      const kept = dot
      clearTimeout(kept.timer)
      kept.timer = setTimeout(() => fade(kept), FADES_AFTER)
    },
    forget(id) {
      const dot = of(id)
      if (dot) drop(dot)
    },
    close() {
      for (const dot of all.peek()) drop(dot)
    },
  }
}
