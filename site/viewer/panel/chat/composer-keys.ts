/** Of a keydown in the composer, what decides. */
export interface Press {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  /** An input method is at work: its Enter and arrows are its own. */
  isComposing: boolean
  keyCode: number
}

export interface Around {
  /** Suggestions that are shown. */
  options: number
  /** The one that somebody went to; null: none, then Tab takes the first. */
  chosen: number | null
  /** Something is being changed, answered, or said to one person. */
  modal: boolean
}

export type Key = { do: 'send' | 'newline' | 'dismiss' | 'leave' } | { do: 'choose' | 'take'; option: number }

/** What an input method's keys look like where it does not say that it is at work. */
const COMPOSING = 229

/** What a key does in the composer; null when it does what it always does. */
export function keyIn(press: Press, { options, chosen, modal }: Around): Key | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press
  if (press.isComposing || press.keyCode === COMPOSING) return null
  const plain = !shiftKey && !ctrlKey && !metaKey && !altKey
  switch (key) {
    case 'Enter':
      // With Shift the field itself begins a line, with Ctrl or ⌘ it would do nothing.
      if (ctrlKey || metaKey) return { do: 'newline' }
      if (!plain) return null
      return chosen !== null && options > 0 ? { do: 'take', option: chosen } : { do: 'send' }
    case 'Tab':
      return plain && options > 0 ? { do: 'take', option: chosen ?? 0 } : null
    case 'ArrowDown':
      if (!plain || options === 0) return null
      return { do: 'choose', option: chosen === null ? Math.min(1, options - 1) : (chosen + 1) % options }
    case 'ArrowUp':
      if (!plain || options === 0) return null
      return { do: 'choose', option: ((chosen ?? 0) - 1 + options) % options }
    case 'Escape':
      if (options > 0) return { do: 'dismiss' }
      return modal ? { do: 'leave' } : null
  }
  return null
}
