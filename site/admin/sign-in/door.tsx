import type { ComponentChildren } from 'preact'
import { shared } from '../text.ts'
import { MarkIcon } from '../ui/icon.tsx'

interface DoorProps {
  children: ComponentChildren
  /** What helps whoever cannot go on from here. */
  foot?: string | undefined
}

/** The frame of every page in front of the admin: signing in, one-time links, coming back from the provider. */
export function Door({ children, foot }: DoorProps) {
  return (
    <main class="sign-in">
      <div class="box">
        <span class="mark">
          <MarkIcon />
          {shared.product}
        </span>
        <div class="stack">{children}</div>
        {foot && <p class="dim small">{foot}</p>}
      </div>
    </main>
  )
}
