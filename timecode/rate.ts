/** The frame rates that a picture may have, as people name them. `df`: drop-frame labels. */
export const rates = ['23.976', '24', '25', '29.97', '29.97df', '30', '50', '59.94', '59.94df', '60'] as const
export type Rate = (typeof rates)[number]

export interface RateFacts {
  /** Labels in a second: what the frame field counts to. */
  base: number
  /** Frames in a second, exactly: `num / den`. */
  num: number
  den: number
  /** Labels left out at the start of each minute but every tenth (SMPTE ST 12-1); 0 = none. */
  dropped: number
}

const whole = (base: number): RateFacts => ({ base, num: base, den: 1, dropped: 0 })
const slowed = (base: number, dropped = 0): RateFacts => ({ base, num: base * 1000, den: 1001, dropped })

const facts: Readonly<Record<Rate, RateFacts>> = {
  '23.976': slowed(24),
  '24': whole(24),
  '25': whole(25),
  '29.97': slowed(30),
  '29.97df': slowed(30, 2),
  '30': whole(30),
  '50': whole(50),
  '59.94': slowed(60),
  '59.94df': slowed(60, 4),
  '60': whole(60),
}

export const factsOf = (rate: Rate): RateFacts => facts[rate]

export const isRate = (text: string): text is Rate => Object.hasOwn(facts, text)

/** Frames in ten minutes of labels: the shortest time after which a drop-frame count repeats. */
export const framesPerTenMinutes = (rate: Rate): number => {
  const { base, dropped } = facts[rate]
  return 600 * base - 9 * dropped
}

/** Frames after which the labels begin again at 00:00:00:00. */
export const framesPerDay = (rate: Rate): number => 144 * framesPerTenMinutes(rate)
