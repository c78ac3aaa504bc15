/** A PIN as it is typed and read aloud → its digits. */
export const pinDigits = (typed: string): string => typed.replace(/[\s-]/g, '')

/** `407219` → `407 219`. */
export const showPin = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1 ')

const BELOW = 1_000_000
/** Draws at or above the largest multiple would make some PINs likelier than others. */
const FAIR = Math.floor(2 ** 32 / BELOW) * BELOW

/** Six digits, all equally likely. `draw` gives a whole number below 2³². */
export function makePin(draw = () => crypto.getRandomValues(new Uint32Array(1))[0]!): string {
  let n = draw()
  while (n >= FAIR) n = draw()
  return String(n % BELOW).padStart(6, '0')
}
