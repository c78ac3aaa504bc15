import type { ComponentChildren } from 'preact'

interface SettingsFrameProps {
  title: string
  says: string
  /** A table that wants more room than a form. */
  wide?: boolean | undefined
  children: ComponentChildren
}

/** One subject of settings: what it is about, beside what can be done. */
export function SettingsFrame({ title, says, wide, children }: SettingsFrameProps) {
  return (
    <section class={wide ? 'settings-group wide' : 'settings-group'}>
      <div>
        <h2>{title}</h2>
        <p>{says}</p>
      </div>
      <div class="form">{children}</div>
    </section>
  )
}
