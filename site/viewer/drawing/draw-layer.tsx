import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { drawing as t } from '../../text/en.ts'
import type { Kit } from '../instruments/kit.tsx'
import { useSize } from '../room/use-size.ts'
import { MarkPath } from './marks.tsx'
import { nearestOnPicture, onPicture, type Size } from './on-picture.ts'
import { paper, UNITS } from './path.ts'

/** Before a picture says otherwise. */
const WIDE: Size = { width: 16, height: 9 }

/** What is drawn over the picture, in the picture's own place and shape, whatever its box; while somebody draws, for the hand too. */
export function DrawLayer({ kit }: { kit: Kit }) {
  const { drawing } = kit
  const content = useSize(kit.video.value) ?? WIDE
  const layer = useRef<SVGSVGElement>(null)
  const fine = useFine(layer, content)
  const laid = drawing.laid.value
  const active = drawing.active.value
  if (!laid.length && !active) return null
  const on = paper(content)
  const names = [...new Set(laid.flatMap(({ by }) => by ?? []))]
  return (
    <>
      <svg
        ref={layer}
        class="draw-layer"
        viewBox={`0 0 ${on.width} ${on.height}`}
        role="img"
        aria-label={names.length ? t.by(names) : t.bar}
      >
        {laid.map(({ id, mark }) => (
          <MarkPath key={id} mark={mark} on={on} fine={fine} />
        ))}
      </svg>
      {active && <Hand kit={kit} content={content} />}
    </>
  )
}

/** Where the hand draws. The page does not scroll under a finger there; a wheel still scrolls it. */
function Hand({ kit: { drawing }, content }: { kit: Kit; content: Size }) {
  const pointer = useRef<number | null>(null)

  const boxOf = (event: PointerEvent) => (event.currentTarget as HTMLElement).getBoundingClientRect()
  const place = ({ clientX: x, clientY: y }: PointerEvent) => ({ x, y })

  const down = (event: PointerEvent) => {
    if (pointer.current !== null || !event.isPrimary || event.button !== 0) return
    const at = onPicture(place(event), boxOf(event), content)
    if (!at) return
    event.preventDefault()
    // The keys are the page's again, not those of a button that was pressed before.
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
    pointer.current = event.pointerId
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    drawing.down(at, content)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current) return
    const box = boxOf(event)
    const all = event.getCoalescedEvents?.() ?? []
    drawing.move(
      (all.length ? all : [event]).flatMap(one => {
        const at = nearestOnPicture(place(one), box, content)
        return at ? [at] : []
      }),
    )
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current) return
    pointer.current = null
    drawing.up()
  }
  return (
    <div
      class="draw-hand"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onLostPointerCapture={up}
    />
  )
}

/** A pixel of the display, in units of the drawing: it follows the layer's size. */
function useFine(layer: { current: SVGSVGElement | null }, { width, height }: Size): number {
  const [fine, tell] = useState(1)
  const svg = layer.current
  useLayoutEffect(() => {
    const on = layer.current
    if (!on) return
    const measure = () => {
      const box = on.getBoundingClientRect()
      const shown = Math.min(box.width, (box.height * width) / height)
      if (shown > 0) tell(UNITS / shown)
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(on)
    return () => watch.disconnect()
  }, [layer, svg, width, height])
  return fine
}
