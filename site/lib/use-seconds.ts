import { useEffect, useState } from 'preact/hooks'

/** Seconds until `at` (ms), rounded up, told anew as they pass; 0 when it is past or null. */
export function useSeconds(at: number | null): number {
  const left = at === null ? 0 : Math.max(0, at - Date.now())
  const [, told] = useState(0)
  const seconds = Math.ceil(left / 1000)
  useEffect(() => {
    if (at === null || seconds === 0) return
    const timer = setTimeout(() => told(n => n + 1), at - Date.now() - (seconds - 1) * 1000)
    return () => clearTimeout(timer)
  })
  return seconds
}
