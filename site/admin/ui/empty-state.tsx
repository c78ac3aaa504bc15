import type { ComponentChildren } from 'preact'
import { Glyph } from './glyph.tsx'

interface EmptyStateProps {
  title: string
  says: string
  steps?: readonly string[]
  children?: ComponentChildren
}

/** Nothing here, and how something comes here. */
export function EmptyState({ title, says, steps, children }: EmptyStateProps) {
  return (
    <div class="empty-state">
      <Glyph is="unknown" />
      <h2>{title}</h2>
      <p>{says}</p>
      {steps && (
        <ol>
          {steps.map(step => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {children}
    </div>
  )
}
