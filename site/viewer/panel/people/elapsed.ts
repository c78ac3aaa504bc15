import { useEffect, useState } from 'preact/hooks'

/** Looked at this often, in ms: minutes are said. */
const EVERY = 15_000

/** Makes a component show the time that passes. */
export function useMinutes(): void {
  const [, tell] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tell(n => n + 1), EVERY)
    return () => clearInterval(timer)
  }, [])
}

interface Words {
  underMinute: string
  minutes(n: number): string
  hours(n: number): string
}

/** How long something has lasted, in whole minutes or hours; what lies ahead of the clock has only begun. */
export function sayElapsed(ms: number, words: Words): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return words.underMinute
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60))
}
