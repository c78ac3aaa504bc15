import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { nextItem, placeMenu } from './menu-moves.ts'

export interface MenuItem {
  word: string
  act: () => void
  /** Red: only for ending a room. */
  danger?: boolean
}

/**
 * The actions of a row behind one button: press, Enter or Shift+F10, then arrows, Home, End, a letter,
 * Esc. Arrows on the button itself belong to the rows.
 */
export function Menu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()

  /** Back to the button first: what the item opens returns the focus to where it was. */
  function close() {
    setOpen(false)
    button.current?.focus()
  }

  return (
    <>
      <button
        class="button ghost icon-only more"
        type="button"
        ref={button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />
        </svg>
      </button>
      {open && <MenuList id={id} label={label} items={items} anchor={button.current} onClose={close} />}
    </>
  )
}

interface MenuListProps {
  id: string
  label: string
  items: readonly MenuItem[]
  anchor: HTMLElement | null
  onClose: () => void
}

/** The list alone, beside `anchor`: for menus that no button of their own opens. */
export function MenuList({ id, label, items, anchor, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const box = list.current
    if (!box || !anchor) return
    const place = placeMenu(anchor.getBoundingClientRect(), box.getBoundingClientRect(), {
      width: document.documentElement.clientWidth,
      height: innerHeight,
    })
    box.style.left = `${place.left}px`
    box.style.top = `${place.top}px`
    box.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true })
  }, [anchor])

  useEffect(() => {
    const leave = (event: Event) => {
      const target = event.target as Node
      if (!list.current?.contains(target) && !anchor?.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', leave)
    addEventListener('resize', onClose)
    addEventListener('scroll', leave, true)
    return () => {
      document.removeEventListener('pointerdown', leave)
      removeEventListener('resize', onClose)
      removeEventListener('scroll', leave, true)
    }
  }, [anchor, onClose])

  function onKeyDown(event: KeyboardEvent) {
    // Nothing typed here is meant for the row or the page below.
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      onClose()
      return
    }
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const from = buttons.indexOf(document.activeElement as HTMLElement)
    const to = nextItem(
      event.key,
      from,
      items.map(i => i.word),
    )
    if (to === null) return
    event.preventDefault()
    buttons[to]?.focus()
  }

  return (
    <div class="menu-list" role="menu" id={id} aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {items.map(item => (
        <button
          key={item.word}
          class={item.danger ? 'danger' : ''}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onClose()
            item.act()
          }}
        >
          {item.word}
        </button>
      ))}
    </div>
  )
}
