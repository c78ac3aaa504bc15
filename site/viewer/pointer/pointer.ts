import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import { onPicture, type Place, type Size } from '../drawing/on-picture.ts'
import type { Desk } from '../instruments/desk.ts'
import { createCadence } from './cadence.ts'
import { createDots, type Dot } from './dots.ts'

/** Pointing at the picture, while a key is held or the tool is on. */
export interface Pointer {
  /** The button is pressed: the mouse points by itself, a finger while it is on the picture. */
  readonly tool: Signal<boolean>
  readonly may: ReadonlySignal<boolean>
  /** Others, at the picture that is large. */
  readonly dots: ReadonlySignal<readonly Dot[]>
  /** Oneself; null: not now. */
  readonly own: ReadonlySignal<Point | null>
  /** The key is down; it ends by itself when the key comes up. @returns whether one may */
  hold(): boolean
  close(): void
}

export function createPointer({ live, mode, stream, video }: Desk): Pointer {
  const tool = signal(false)
  const held = signal(false)
  const place = signal<Place | null>(null)
  const may = computed(() => live.you.value?.permissions.includes('annotate') ?? false)
  const points = computed(() => may.value && (held.value || tool.value))
  const own = signal<Point | null>(null)
  const dots = createDots()
  const cadence = createCadence(at => {
    const streamId = stream.peek()
    void live.send({ type: 'pointer', at, ...(streamId === null ? {} : { streamId }) })
  })

  function see(): void {
    const at = points.peek() && place.peek() ? pointAt(place.peek()!) : null
    own.value = at
    cadence.to(at)
  }
  function pointAt(where: Place): Point | null {
    const picture = video.peek()
    if (!picture) return null
    const content: Size = { width: picture.videoWidth, height: picture.videoHeight }
    return onPicture(where, picture.getBoundingClientRect(), content)
  }

  const follow = (event: PointerEvent) => {
    if (!event.isPrimary) return
    place.value = { x: event.clientX, y: event.clientY }
    if (points.peek()) see()
  }
  // A finger that is lifted is nowhere.
  const lift = (event: PointerEvent) => {
    if (!event.isPrimary || event.pointerType === 'mouse') return
    place.value = null
    see()
  }
  const out = (event: PointerEvent) => {
    if (event.relatedTarget !== null || event.pointerType !== 'mouse') return
    place.value = null
    see()
  }
  const release = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'p') held.value = false
  }
  const letGo = () => {
    held.value = false
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !tool.peek()) return
    event.preventDefault()
    tool.value = false
  }
  const listening: [string, (event: never) => void][] = [
    ['pointermove', follow],
    ['pointerdown', follow],
    ['pointerup', lift],
    ['pointercancel', lift],
    ['pointerout', out],
    ['keyup', release],
    ['blur', letGo],
  ]
  for (const [type, hear] of listening) addEventListener(type, hear as EventListener, { passive: true })
  addEventListener('keydown', leave, { capture: true })

  const closing = [
    live.on('pointer', dots.hear),
    live.on('person.left', ({ id }) => dots.forget(id)),
    effect(() => {
      points.value
      stream.value
      see()
    }),
    // One thing at a time.
    effect(() => {
      if (mode.value !== 'watch') tool.value = false
    }),
  ]

  return {
    tool,
    may,
    dots: computed(() => dots.all.value.filter(({ streamId }) => streamId === stream.value)),
    own,
    hold() {
      held.value = may.peek()
      return may.peek()
    },
    close() {
      tool.value = false
      held.value = false
      for (const stop of closing) stop()
      for (const [type, hear] of listening) removeEventListener(type, hear as EventListener)
      removeEventListener('keydown', leave, { capture: true })
      dots.close()
    },
  }
}
