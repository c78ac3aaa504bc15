/** Where the still ends and the picture begins: a share of the picture from the left, or from the top. */
export type Direction = 'vertical' | 'horizontal'

const within = (at: number): number => Math.min(1, Math.max(0, at))

/** Where a key moves the edge to; null = it is none of those that do. Shift makes ten steps of one. */
export function edgeAfter(at: number, key: string, shift: boolean): number | null {
  const step = shift ? 0.1 : 0.01
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return within(at + step)
    case 'ArrowLeft':
    case 'ArrowUp':
      return within(at - step)
    case 'Home':
      return 0
    case 'End':
      return 1
  }
  return null
}

/** Where a pointer is in a box, along the direction. */
export function edgeAt(
  pointer: { clientX: number; clientY: number },
  box: { left: number; top: number; width: number; height: number },
  direction: Direction,
): number {
  const at =
    direction === 'vertical'
      ? (pointer.clientX - box.left) / box.width
      : (pointer.clientY - box.top) / box.height
  return Number.isFinite(at) ? within(at) : 0
}

/** What is cut off a still so that it ends there, as CSS; the pixels that stay are as they are. */
export function clipOf(at: number, direction: Direction): string {
  const rest = `${Math.round((1 - at) * 1e4) / 100}%`
  return direction === 'vertical' ? `inset(0 ${rest} 0 0)` : `inset(0 0 ${rest} 0)`
}
