import type { ComponentChildren } from 'preact'
import { Glyph } from './glyph.tsx'

interface BannerProps {
  is: 'fair' | 'poor' | 'info'
  title?: string
  children: ComponentChildren
  action?: ComponentChildren
}

/** Something about the whole page that somebody should know. Only faults interrupt a screen reader. */
export function Banner({ is, title, children, action }: BannerProps) {
  return (
    <div class={`banner ${is}`} role={is === 'poor' ? 'alert' : 'status'}>
      <Glyph is={is === 'info' ? 'unknown' : is} />
      <p>
        {title && <b>{title}</b>} {children}
      </p>
      {action}
    </div>
  )
}
