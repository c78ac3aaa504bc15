/** A key in an open menu → the item to go to, or null. A letter goes to the next item that begins with it. */
export function nextItem(key: string, from: number, words: readonly string[]): number | null {
  const count = words.length
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return (from + 1) % count
    case 'ArrowUp':
      return (Math.max(from, 0) - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
  }
  if (key.length !== 1 || key === ' ') return null
  for (let step = 1; step <= count; step += 1) {
    const at = (from + step) % count
    if (words[at]?.toLowerCase().startsWith(key.toLowerCase())) return at
  }
  return null
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const GAP = 4
const MARGIN = 8

/** Below the button, its right edges in line; above it when there is no room; never outside the window. In CSS px. */
export function placeMenu(
  anchor: Box,
  menu: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const fits = anchor.bottom + GAP + menu.height + MARGIN <= view.height
  const top = fits ? anchor.bottom + GAP : anchor.top - GAP - menu.height
  const within = (at: number, size: number, space: number) =>
    Math.max(MARGIN, Math.min(at, space - size - MARGIN))
  return {
    left: within(anchor.right - menu.width, menu.width, view.width),
    top: within(top, menu.height, view.height),
  }
}
