import type { Browser } from 'playwright-core'
import { machine, median, type Result, type Setup, withBrowser } from './browser.ts'
import { playbackUrl, servePlayerPage } from './player-alone.ts'

/** A review link's page may take this much longer to its first frame than OvenPlayer alone on the same stream. */
const BUDGET = 1.3
const ROUNDS = 31
/** In ms. */
const PATIENCE = 30_000

/** From navigation to the first frame on screen, in ms, one each round. */
interface Times {
  link: number[]
  alone: number[]
}

/**
 * Opens a review link, and a page with nothing but OvenPlayer on the same stream, in turns: each time in a browser
 * context that has seen neither. The second is given its address and token beforehand; the first must join and ask.
 */
export async function measure(setup: Setup): Promise<Result> {
  const times = await withBrowser(setup, async browser => {
    const page = await servePlayerPage()
    const times: Times = { link: [], alone: [] }
    for (let round = -1; round < ROUNDS; round++) {
      const turns = [
        { into: times.link, address: setup.reviewLink },
        { into: times.alone, address: `${page.url}#${await playbackUrl(setup.reviewLink)}` },
      ]
      // Neither is always the first; the round before the first only warms up.
      if (round % 2) turns.reverse()
      for (const { into, address } of turns) {
        const ms = await firstFrame(browser, address)
        if (round >= 0) into.push(ms)
      }
    }
    page.close()
    return times
  })
  const ratio = median(times.link) / median(times.alone)
  return { report: reportOf(times, ratio), isWithin: ratio <= BUDGET }
}

function reportOf(times: Times, ratio: number): string {
  const row = (name: string, values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b).map(Math.round)
    return `| ${name} | ${Math.round(median(values))} | ${sorted[0]} | ${sorted.at(-1)} |`
  }
  return `# Link opened to first frame

Made by \`npm run bench -- first-frame\`: ${ROUNDS} rounds in Chromium, a review link and a page with OvenPlayer alone in turns, each
with an empty cache, on the same live stream of the demonstration origin (1280 × 720, 25 fps, a key frame every 200 ms).
OvenPlayer alone is given address and token; the link's page joins and asks for them. From navigation to the first frame
on screen, in ms. What counts is the ratio of medians; the budget is ${BUDGET}.

${machine()}

| | median | fastest | slowest |
|---|---|---|---|
${row('review link', times.link)}
${row('OvenPlayer alone', times.alone)}

Ratio: **${ratio.toFixed(2)}**
`
}

/** From navigation to the first frame of any video, and, on our own page, until nothing covers it. */
async function firstFrame(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shown = (video: HTMLVideoElement) => {
        const state = document.getElementById('app')?.dataset.state
        if (state === undefined || state === 'playing') performance.mark('first-frame')
        else requestAnimationFrame(() => shown(video))
      }
      const look = () => {
        const video = document.querySelector('video')
        if (video) video.requestVideoFrameCallback(() => shown(video))
        else requestAnimationFrame(look)
      }
      look()
    })
    await page.goto(address, { waitUntil: 'commit' })
    return await page.evaluate(
      patience =>
        new Promise<number>((done, fail) => {
          const late = setTimeout(() => fail(new Error('No frame came in time')), patience)
          const look = () => {
            const mark = performance.getEntriesByName('first-frame')[0]
            if (!mark) return void setTimeout(look, 20)
            clearTimeout(late)
            done(mark.startTime)
          }
          look()
        }),
      PATIENCE,
    )
  } finally {
    await context.close()
  }
}
