import type { Page } from 'playwright-core'
import { machine, median, type Result, type Setup, withBrowser } from './browser.ts'

/** With all instruments on the picture has at least this share of the frames that it has without. */
const BUDGET = 0.98
const ROUNDS = 15
/** Each state is measured for so long, ms, after so long to settle. */
const MEASURED = 4_000
const SETTLING = 1_500
/** How often the pointer moves, ms. */
const MOVES = 1000 / 30

/** Frames presented in a second, one number each round. */
interface Rates {
  none: number[]
  all: number[]
}

/** The same page without and with its instruments, in turns. */
export async function measure(setup: Setup): Promise<Result> {
  const rates = await withBrowser(setup, async browser => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(setup.reviewLink)
    await page.locator('#app[data-state="playing"]').waitFor()
    await page.locator('[aria-keyshortcuts="W"]').waitFor()
    const rates: Rates = { none: [], all: [] }
    for (let round = -1; round < ROUNDS; round++) {
      const turns: (keyof Rates)[] = round % 2 ? ['all', 'none'] : ['none', 'all']
      for (const turn of turns) {
        const rate = await (turn === 'all' ? withInstruments(page) : framesOf(page))
        // The round before the first only warms up.
        if (round >= 0) rates[turn].push(rate)
      }
    }
    return rates
  })
  const ratio = median(rates.all) / median(rates.none)
  return { report: reportOf(rates, ratio), isWithin: ratio >= BUDGET }
}

/** Scopes open, the notes beside the picture, the pointer held and moving. */
async function withInstruments(page: Page): Promise<number> {
  const notes = page.getByRole('tab', { name: /^Notes/ })
  await page.keyboard.press('w')
  await page.keyboard.press('c')
  await notes.click()
  const { x, y, width, height } = (await page.locator('.picture').boundingBox())!
  await page.keyboard.down('p')
  let angle = 0
  const moving = setInterval(() => {
    angle += 0.1
    const to = { x: x + width * (0.5 + 0.3 * Math.cos(angle)), y: y + height * (0.5 + 0.3 * Math.sin(angle)) }
    page.mouse.move(to.x, to.y).catch(() => {})
  }, MOVES)
  try {
    return await framesOf(page)
  } finally {
    clearInterval(moving)
    await page.keyboard.up('p')
    await page.keyboard.press('c')
    await page.keyboard.press('w')
  }
}

/** Presented frames a second, from one frame to another. */
const framesOf = (page: Page): Promise<number> =>
  page.evaluate(
    async ([settling, measured]) => {
      const wait = (ms: number) => new Promise(done => setTimeout(done, ms))
      // When the lease is renewed another video takes the first one's place: the one on screen is the last.
      const video = [...document.querySelectorAll('video')].at(-1)!
      const frame = () =>
        new Promise<{ at: number; frames: number }>(done =>
          video.requestVideoFrameCallback((at, { presentedFrames }) => done({ at, frames: presentedFrames })),
        )
      await wait(settling)
      const before = await frame()
      await wait(measured)
      const after = await frame()
      return ((after.frames - before.frames) * 1000) / (after.at - before.at)
    },
    [SETTLING, MEASURED] as const,
  )

function reportOf(rates: Rates, ratio: number): string {
  const row = (name: string, values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b)
    return `| ${name} | ${median(values).toFixed(2)} | ${sorted[0]!.toFixed(2)} | ${sorted.at(-1)!.toFixed(2)} |`
  }
  return `# Frames of the picture with the instruments on

Made by \`npm run bench -- picture\`: ${ROUNDS} rounds in Chromium on one page of a review link, without instruments and with
them in turns, ${MEASURED / 1000} s each, on the demonstration origin's stream (1280 × 720, 25 fps). With them: scopes open, the notes
beside the picture, the pointer moving 30 times a second. Presented frames a second, as the browser counts them. What
counts is the ratio of medians; at least ${BUDGET} is the budget.

${machine()}

| | median | fewest | most |
|---|---|---|---|
${row('without', rates.none)}
${row('with', rates.all)}

Ratio: **${ratio.toFixed(3)}**
`
}
