import { expect } from 'vitest'
import { journey } from './journey.ts'
import { readSequence, type Step } from './sequence.ts'

const LEASE_MS = 8000
const RENEWALS = 3
/** How far a swap may be felt, in ms: the next session is opened about a second before it. */
const AROUND_MS = 1200

const passedIn = (steps: Step[]) => steps.reduce((sum, { step }) => sum + step, 0)
const missed = (steps: Step[]) => `${passedIn(steps) - steps.length} of ${passedIn(steps)}`

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
  const calm = steps.filter(({ at }) => !near(at))
  const busy = steps.filter(({ at }) => near(at))
  const said = swaps.map(({ step, jump }) => `+${step} (${jump.toFixed(1)} off the clock)`).join(', ')
  await annotate(
    `${passed} frames, none longer than ${Math.round(longestMs)} ms; not seen: ${missed(calm)} in calm stretches, ${missed(busy)} around swaps; swaps: ${said}`,
  )
  expect({ backwards, blanks, state: (await viewer.seen()).turns.at(-1)?.state }).toEqual({
    backwards: 0,
    blanks: 0,
    state: 'playing',
  })
  // What this machine misses when nothing happens is no fault of a swap.
  const most = Math.max(2, ...calm.map(({ step }) => step))
  const furthest = Math.max(1, ...calm.map(({ jump }) => Math.abs(jump)))
  for (const { step, jump } of swaps) {
    expect(step).toBeLessThanOrEqual(most + 1)
    // The new picture is where the old one would be by now, neither behind nor ahead of it.
    expect(Math.abs(jump)).toBeLessThan(furthest + 1)
  }
  expect(seats.length).toBeGreaterThan(10)
  expect(new Set(seats.map(String))).toEqual(new Set([String(seats[0])]))
  expect(seats[0]).toHaveLength(1)
})
