import { expect } from 'vitest'
import { journey } from './journey.ts'
import { readSequence } from './sequence.ts'

const LEASE_MS = 8000
const RENEWALS = 3
/** How far a swap may be felt, in ms: the next session is opened about a second before it. */
const AROUND_MS = 1200

const sum = (steps: number[]) => steps.reduce((all, step) => all + step, 0)
const missed = (steps: number[]) => sum(steps) - steps.length

journey('a lease is renewed three times and nobody sees it', async ({ product, people, annotate }) => {
  const room = await product.room({ title: 'Long grade, reel 4' })
  people.keepPrivate(room.title)
  await product.shortenLease(room.id, LEASE_MS)
  await product.origin.encode(await product.key(room))
  const viewer = await people.open((await product.link(room)).url)
  await viewer.reaches('playing')
  await viewer.sees(10)

  const from = Date.now()
  const seats: string[][] = []
  const sequence = async () => readSequence((await viewer.seen()).sights, from)
  while ((await sequence()).swaps.length < RENEWALS) {
    await viewer.sees(5)
    seats.push((await product.seats(room)).map(seat => seat.person.id))
  }
  // And on for a second: what comes after the last swap must be as smooth.
  await viewer.sees(25)

  const { swaps, backwards, blanks, passed, steps, longestMs } = await sequence()
  const near = (at: number) => swaps.some(swap => at > swap.at - AROUND_MS && at < swap.at + AROUND_MS)
  const [calm, busy] = [false, true].map(wanted =>
    steps.filter(({ at }) => near(at) === wanted).map(({ step }) => step),
  )
  await annotate(
    `${passed} frames, none longer than ${Math.round(longestMs)} ms. Not seen: ${missed(calm!)} of ${sum(calm!)} otherwise, ${missed(
      busy!,
    )} of ${sum(busy!)} around swaps. Swaps: ${swaps
      .map(({ step, jump }) => `+${step} (${jump.toFixed(1)} off the clock)`)
      .join(', ')}`,
  )
  expect({ backwards, blanks, state: (await viewer.seen()).turns.at(-1)?.state }).toEqual({
    backwards: 0,
    blanks: 0,
    state: 'playing',
  })
  // What this machine misses when nothing happens is no fault of a swap.
  const usual = Math.max(2, ...calm!)
  for (const { step, jump } of swaps) {
    expect(step).toBeLessThanOrEqual(usual + 1)
    // The new picture is where the old one would be by now, neither behind nor ahead of it.
    expect(Math.abs(jump)).toBeLessThan(2)
  }
  expect(seats.length).toBeGreaterThan(10)
  expect(new Set(seats.map(String))).toEqual(new Set([String(seats[0])]))
  expect(seats[0]).toHaveLength(1)
})
