import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { AppLink } from './app-link.tsx'
import { Icon } from './icon.tsx'

interface PageHeadProps {
  title: string
  crumb?: string
  /** Where the crumb leads; else to the rooms. */
  crumbTo?: Parameters<typeof AppLink>[0]['to']
  sub?: ComponentChildren
  children?: ComponentChildren
}

/** A page's name, where it is, and what can be done to all of it. Takes the focus when its page opens. */
export function PageHead({ title, crumb, crumbTo = { page: 'rooms' }, sub, children }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div class="page-head">
      <div class="titles">
        {crumb && (
          <AppLink to={crumbTo} class="crumb">
            <Icon is="back" />
            {crumb}
          </AppLink>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {sub && <div class="sub">{sub}</div>}
      </div>
      {children && <div class="acts">{children}</div>}
    </div>
  )
}
