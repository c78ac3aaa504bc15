import { useEffect, useState } from 'preact/hooks'

/** How long typing pauses before it is searched for, in ms. */
const TYPING = 250

/** What is typed, once it has stayed the same for a moment; the first value at once. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
