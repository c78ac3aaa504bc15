import type { ComponentChildren } from 'preact'
import { go, pathOf, type Route } from '../route.ts'

interface AppLinkProps {
  to: Exclude<Route, { page: 'unknown' }>
  children: ComponentChildren
  class?: string
  current?: boolean
  /** Marks it as the part of its row that takes the focus. */
  rowFocus?: boolean
}

/** A link inside the admin: an ordinary one to the browser (new tab, copy address), without a reload when pressed. */
export function AppLink({ to, children, class: name, current, rowFocus }: AppLinkProps) {
  return (
    <a
      class={name}
      href={pathOf(to)}
      aria-current={current ? 'page' : undefined}
      data-row-focus={rowFocus || undefined}
      onClick={event => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}
