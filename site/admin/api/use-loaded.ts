import { useEffect, useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from './failure.ts'

/** Something that is read when it comes on screen, and again when it was changed here. */
export interface LoadedState<T> {
  /** Null until it was read once. */
  value: T | null
  /** Why the last reading failed. */
  failure: ApiFailure | null
  load: () => Promise<void>
}

/** Reads what seldom changes by itself, once: what is shown of it is not worth asking for all the time. */
export function useLoaded<T>(read: () => Promise<T>): LoadedState<T> {
  const [value, setValue] = useState<T | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  async function load() {
    try {
      setValue(await read())
      setFailure(null)
    } catch (e) {
      setFailure(asFailure(e))
    }
  }
  useEffect(() => void load(), [])
  return { value, failure, load }
}
