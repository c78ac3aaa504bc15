import { inks } from './bounds.ts'
import type { Ink, Tool } from './stroke.ts'

/** What a key does while somebody draws. */
export type DrawKey = { tool: Tool } | { ink: Ink } | 'undo' | 'clear'

const tools: Record<string, Tool> = { b: 'pen', a: 'arrow', r: 'rectangle', e: 'ellipse' }

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Null: not one of them. */
export function drawKeyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): DrawKey | null {
  if (altKey) return null
  const small = key.toLowerCase()
  if (ctrlKey || metaKey) return small === 'z' && !shiftKey ? 'undo' : null
  if (key === 'Delete' || key === 'Backspace') return 'clear'
  if (Object.hasOwn(tools, small)) return { tool: tools[small]! }
  const ink = /^[1-9]$/.test(key) ? inks[Number(key) - 1] : undefined
  return ink ? { ink } : null
}

const TYPING = 'input, textarea, select, [contenteditable]'

/** Listens, before the page's other keys, until it is called off. Not while somebody types. */
export function listenForKeys(run: (key: DrawKey) => void): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches(TYPING)) return
    const key = drawKeyOf(event)
    if (!key) return
    event.preventDefault()
    if (!event.repeat || key === 'undo') run(key)
  }
  addEventListener('keydown', pressed, { capture: true })
  return () => removeEventListener('keydown', pressed, { capture: true })
}
