import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpus } from 'node:os'
import { type Browser, chromium } from 'playwright-core'
import type { JoinAnswer } from '../worker/people/schema.ts'
import type { Playback } from '../worker/playback/schema.ts'

/** A review link's page may take this much longer to its first frame than OvenPlayer alone on the same stream. */
export const BUDGET = 1.3
const ROUNDS = 21
/** In ms. */
const PATIENCE = 30_000

/** From navigation to the first frame on screen, in ms, one each round. */
export interface Times {
  link: number[]
  alone: number[]
}

/**
 * Opens a review link, and a page with nothing but OvenPlayer on the same stream, in turns: each time in a browser
 * context that has seen neither. The second is given its address and token beforehand; the first must join and ask.
 */
export async function measureFirstFrame({
  reviewLink,
  executablePath,
}: {
  reviewLink: string
  executablePath: string
}): Promise<Times> {
  const page = await servePlayerPage()
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'],
  })
  const times: Times = { link: [], alone: [] }
  try {
    for (let round = -1; round < ROUNDS; round++) {
      const alone = `${page.url}#${await playbackUrl(reviewLink)}`
      const turns = [
        { into: times.link, address: reviewLink },
        { into: times.alone, address: alone },
      ]
      // Neither is always the first; the round before the first only warms up.
      if (round % 2) turns.reverse()
      for (const { into, address } of turns) {
        const ms = await firstFrame(browser, address)
        if (round >= 0) into.push(ms)
      }
    }
  } finally {
    await browser.close()
    page.close()
  }
  return times
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

export const ratioOf = ({ link, alone }: Times): number => median(link) / median(alone)

export function reportFirstFrame(times: Times): string {
  const row = (name: string, values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b).map(Math.round)
    return `| ${name} | ${Math.round(median(values))} | ${sorted[0]} | ${sorted.at(-1)} |`
  }
  return `# Link opened to first frame

Made by \`npm run bench -- first-frame\`: ${ROUNDS} rounds in Chromium, a review link and a page with OvenPlayer alone in turns, each
with an empty cache, on the same live stream of the demonstration origin (1280 × 720, 25 fps, a key frame every 200 ms).
OvenPlayer alone is given address and token; the link's page joins and asks for them. From navigation to the first frame
on screen, in ms. What counts is the ratio of medians; the budget is ${BUDGET}.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}; Node ${process.versions.node}. Browser, server and origin share it.

| | median | fastest | slowest |
|---|---|---|---|
${row('review link', times.link)}
${row('OvenPlayer alone', times.alone)}

Ratio: **${ratioOf(times).toFixed(2)}**
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

/** What the link's page would ask for by itself. */
async function playbackUrl(reviewLink: string): Promise<string> {
  const { origin, pathname, hash } = new URL(reviewLink)
  const post = async <T>(path: string, json: object, token?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(json) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return (await answer.json()) as T
  }
  const [slug, secret] = [pathname.replace('/r/', ''), hash.slice(1)]
  const { token } = await post<JoinAnswer>('/api/join', { slug, secret })
  return (await post<Playback>('/api/playback', {}, token)).webrtc.url
}

/** A page as OvenPlayer's own documentation has it; the stream's address is in its fragment. */
async function servePlayerPage(): Promise<{ url: string; close(): void }> {
  const script = readFileSync('node_modules/ovenplayer/dist/ovenplayer.js')
  const html = `<!doctype html><meta charset="utf-8"><title>OvenPlayer alone</title><div id="player"></div>
<script src="/ovenplayer.js"></script>
<script>
  OvenPlayer.create('player', {
    autoStart: true,
    mute: true,
    sources: [{ type: 'webrtc', file: location.hash.slice(1) }],
  })
</script>`
  const server = createServer((request, response) => {
    const isScript = request.url === '/ovenplayer.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : html)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
