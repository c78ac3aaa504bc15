/** What a key press on a page asks for. `lead` waits for the second key of a pair. */
export type KeyAction =
  | 'new'
  | 'find'
  | 'keys'
  | 'rooms'
  | 'server'
  | 'people'
  | 'audit'
  | 'settings'
  | 'lead'

/** The part of a key press that matters. */
export interface Press {
  key: string
  /** Ctrl, Alt or Meta is down: the browser's business. */
  modified: boolean
  /** The focus is where text is entered. */
  typing: boolean
  /** A dialog or a menu is open. */
  covered: boolean
}

const single = new Map<string, KeyAction>([
  ['c', 'new'],
  ['/', 'find'],
  ['?', 'keys'],
  ['g', 'lead'],
])
const afterG = new Map<string, KeyAction>([
  ['r', 'rooms'],
  ['v', 'server'],
  ['p', 'people'],
  ['a', 'audit'],
  ['s', 'settings'],
])

/** Key press → action, or null. `led`: the key before was G, within the last second or so. */
export function readKey(press: Press, led: boolean): KeyAction | null {
  if (press.modified || press.typing || press.covered) return null
  const key = press.key.toLowerCase()
  return (led ? afterG.get(key) : undefined) ?? single.get(key) ?? null
}

const TEXTLESS = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file'])

/** Whether letters typed at this element are meant for it. */
export function takesText(element: Element | null): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !TEXTLESS.has(element.type)
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  )
}

/** How long G waits for its second key, in ms. */
const LEAD_TIME = 1500

/** Calls `act` for every key that means something on this page; answers how to stop. */
export function listenForKeys(act: (action: Exclude<KeyAction, 'lead'>) => boolean): () => void {
  let ledAt = Number.NEGATIVE_INFINITY
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const action = readKey(
      {
        key: event.key,
        modified: event.ctrlKey || event.altKey || event.metaKey,
        typing: takesText(document.activeElement),
        covered: document.querySelector('dialog[open], [role="menu"]') !== null,
      },
      event.timeStamp - ledAt < LEAD_TIME,
    )
    ledAt = action === 'lead' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (action && action !== 'lead' && act(action)) event.preventDefault()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
