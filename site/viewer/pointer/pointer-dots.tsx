import { effect, type ReadonlySignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import { placeOf, type Size } from '../drawing/on-picture.ts'
import type { Kit } from '../instruments/kit.tsx'
import { useSize } from '../room/use-size.ts'
import { isMoving, placeAt, resting, towards } from './glide.ts'

/** Everybody's pointer over the picture. Each is a layer of its own that is only moved: the picture is not painted for it. */
export function PointerDots({ kit: { pointer, video } }: { kit: Kit }) {
  const content = useSize(video.value)
  if (!content) return null
  const own = pointer.own.value !== null
  return (
    <div class={pointer.tool.value ? 'pointer-layer on' : 'pointer-layer'}>
      {pointer.dots.value.map(({ id, name, at, fading }) => (
        <PointerDot key={id} name={name} at={at} fading={fading.value} content={content} />
      ))}
      {own && <PointerDot key="own" name={null} at={pointer.own} fading={false} content={content} />}
    </div>
  )
}

interface PointerDotProps {
  /** Null: one's own, which follows the hand at once. */
  name: string | null
  at: ReadonlySignal<Point | null>
  fading: boolean
  content: Size
}

function PointerDot({ name, at, fading, content }: PointerDotProps) {
  const dot = useRef<HTMLDivElement>(null)
  const { width, height } = content

  useLayoutEffect(() => {
    const element = dot.current!
    const layer = element.parentElement!
    const still = name === null || matchMedia('(prefers-reduced-motion: reduce)').matches
    let glide = resting(at.peek() ?? [0, 0], performance.now())
    let frame = 0
    let size = { width: layer.clientWidth, height: layer.clientHeight }

    function put(): void {
      const now = performance.now()
      const [x, y] = placeAt(glide, now)
      const there = placeOf([x, y], { left: 0, top: 0, ...size }, { width, height })
      if (there) element.style.transform = `translate(${there.x}px, ${there.y}px)`
      // A name that would stand beside the picture stands on the other side.
      element.classList.toggle('flipped', x > 0.8)
      frame = isMoving(glide, now) ? requestAnimationFrame(put) : 0
    }
    const watch = new ResizeObserver(() => {
      size = { width: layer.clientWidth, height: layer.clientHeight }
      put()
    })
    watch.observe(layer)
    const stop = effect(() => {
      const { value } = at
      if (!value) return
      const now = performance.now()
      glide = still ? resting(value, now) : towards(glide, value, now)
      cancelAnimationFrame(frame)
      put()
    })
    return () => {
      stop()
      watch.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [at, name, width, height])

  return (
    <div ref={dot} class={fading ? 'pointer-dot fading' : 'pointer-dot'} aria-hidden="true">
      {name !== null && <span class="name">{name}</span>}
    </div>
  )
}
