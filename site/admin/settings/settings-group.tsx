import type { ComponentChildren } from 'preact'
import type { LoadedState } from '../api/use-loaded.ts'
import { t } from '../text.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { FailureNote } from '../ui/failure-note.tsx'

interface SettingsGroupProps<T> {
  title: string
  says: string
  /** What the group shows, and what it says when that could not be read. */
  from: LoadedState<T>
  notLoaded: string
  /** A table that wants more room than a form. */
  wide?: boolean
  children: (value: T) => ComponentChildren
}

/** One subject of the settings: what it is about, beside what can be done. */
export function SettingsGroup<T>({ title, says, from, notLoaded, wide, children }: SettingsGroupProps<T>) {
  const { value, failure, load } = from
  return (
    <section class={wide ? 'settings-group wide' : 'settings-group'}>
      <div>
        <h2>{title}</h2>
        <p>{says}</p>
      </div>
      <div class="form">
        {value !== null ? (
          <>
            <FailureNote failure={failure} />
            {children(value)}
          </>
        ) : failure ? (
          <ErrorState title={notLoaded} failure={failure} onRetry={() => void load()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        )}
      </div>
    </section>
  )
}
