import type { Page } from 'playwright-core'
import { openEye, type Sight } from '../test/journeys/eye.ts'
import { machine, median, type Result, type Setup, withBrowser } from './browser.ts'
import { playbackUrl, servePlayerPage } from './player-alone.ts'

/** One frame of the demonstration's clip, in ms. */
const FRAME_MS = 40
/** In all, half of them with either page opened first. */
const ROUNDS = 4
/** Compared a round: 10 s. */
const FRAMES = 250
/** A frame later than alone would be one too many; the mean of two clocks' ticks is not. */
const BUDGET = 0.5

/** By how much later than in OvenPlayer alone each frame came on screen in the review link's page, in ms. */
type Added = number[]

/** Plays one stream in both pages side by side and compares when each frame is there. */
export async function measure(setup: Setup): Promise<Result> {
  const added = await withBrowser(setup, async browser => {
    const alone = await servePlayerPage()
    const added: Added = []
    for (let round = 0; round < ROUNDS; round++) {
      // Each in a window of its own: a page behind another presents no frames.
      const open = async (address: string): Promise<Page> => {
        const page = await browser.newPage()
        await page.addInitScript(openEye)
        await page.goto(address)
        await page.evaluate(() => window.journeyEye.frames(25))
        return page
      }
      const addresses = [setup.reviewLink, `${alone.url}#${await playbackUrl(setup.reviewLink)}`]
      const order = round % 2 ? [1, 0] : [0, 1]
      const pages: Page[] = []
      for (const which of order) pages[which] = await open(addresses[which]!)
      const from = Date.now()
      await Promise.all(pages.map(page => page.evaluate(n => window.journeyEye.frames(n), FRAMES)))
      const [ours, theirs] = await Promise.all(
        pages.map(async page => (await page.evaluate(() => window.journeyEye.seen())).sights),
      )
      added.push(...differences(ours!, theirs!, from))
      for (const page of pages) await page.close()
    }
    alone.close()
    return added
  })
  const frames = median(added) / FRAME_MS
  return { report: reportOf(added, frames), isWithin: frames <= BUDGET }
}

function reportOf(added: Added, frames: number): string {
  const sorted = [...added].sort((a, b) => a - b)
  const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)]!)
  return `# Added latency

Made by \`npm run bench -- latency\`: a review link and a page with OvenPlayer alone play one live stream side by side in
Chromium; each frame is known by the number in its own pixels. By how much later than alone a frame is on screen, in ms;
negative is earlier. What counts is the median; the budget is 0 frames (of ${FRAME_MS} ms).

${machine()}

| frames compared | earliest tenth | median | latest tenth |
|---|---|---|---|
| ${sorted.length} | ${at(0.1)} | ${at(0.5)} | ${at(0.9)} |

Added: **${frames.toFixed(2)} frames**
`
}

/** For every frame of the first list that the second shows within half a loop of it: how much later it is there. */
function differences(ours: readonly Sight[], theirs: readonly Sight[], from: number): Added {
  const halfLoop = 100 * FRAME_MS
  return ours.flatMap(({ at, frame }) => {
    if (at < from || frame === null) return []
    const same = theirs.find(other => other.frame === frame && Math.abs(other.at - at) < halfLoop)
    return same ? [at - same.at] : []
  })
}
