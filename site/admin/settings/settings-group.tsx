import type { ComponentChildren } from 'preact'
import type { LoadedState } from '../api/use-loaded.ts'
import { t } from '../text.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { SettingsFrame } from './settings-frame.tsx'

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

/** Settings that are read on their own. */
export function SettingsGroup<T>({ from, notLoaded, children, ...frame }: SettingsGroupProps<T>) {
  const { value, failure, load } = from
  return (
    <SettingsFrame {...frame}>
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
    </SettingsFrame>
  )
}
