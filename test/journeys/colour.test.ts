import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Strip } from '../../site/colour/strip.ts'
import { launchChromium } from '../runtimes/chromium.ts'
import { type ChartClip, makeChartClip } from '../support/chart-clip.ts'
import type { InPage } from '../support/colour-in-page.ts'

declare const inPage: InPage

const STRIP: Strip = { kind: 'clock', chartId: 51_966, time: 1_795_550_000_123 }

let folder: string
let servers: Server[]
let browser: Browser
let page: Page
/** Where the page is, and where a video would be somebody else's. */
let [here, elsewhere] = ['', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-colour-'))
  const bundled = await build({
    entryPoints: [join(import.meta.dirname, '../support/colour-in-page.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  })
  servers = [createServer(serve), createServer(serve)]
  ;[here, elsewhere] = (await Promise.all(servers.map(listen))) as [string, string]
  browser = await launchChromium(['--autoplay-policy=no-user-gesture-required', '--force-color-profile=srgb'])
  page = await browser.newPage()
  await page.goto(here)
  await page.addScriptTag({ content: bundled.outputFiles[0]!.text })
})

afterAll(async () => {
  await browser?.close()
  for (const server of servers ?? []) server.close()
  await rm(folder, { recursive: true, force: true })
})

function serve(...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>): void {
  if (request.url?.endsWith('.mp4')) {
    response.setHeader('Content-Type', 'video/mp4')
    response.end(readFileSync(join(folder, request.url.slice(1))))
  } else {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>Chart</title>')
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

let clips = 0
async function clip(options: Partial<ChartClip> = {}): Promise<string> {
  clips += 1
  const name = `${clips}.mp4`
  await makeChartClip({ to: join(folder, name), strip: () => STRIP, ...options })
  return name
}

/** Plays a clip to its last frame and measures that, in both ways. */
async function measured(options: Partial<ChartClip> = {}) {
  const reading = await page.evaluate(
    async src => {
      const video = Object.assign(document.createElement('video'), { muted: true, src })
      const ended = new Promise((done, fail) => {
        video.addEventListener('ended', done, { once: true })
        video.addEventListener('error', () => fail(new Error(video.error?.message)), { once: true })
      })
      await video.play()
      await ended
      return inPage.measureBoth(video)
    },
    `${here}${await clip(options)}`,
  )
  if ('fault' in reading) throw new Error(`There is no picture: ${reading.fault}.`)
  const { planes, canvas, colorSpace } = reading
  if (!planes || !canvas || 'fault' in planes || 'fault' in canvas)
    throw new Error(`There is no chart: ${JSON.stringify(reading)}.`)
  return { planes, canvas, colorSpace }
}

describe('the chart as BT.709, limited range, at 4 Mb/s', () => {
  test.each([
    ['1280 × 720', {}],
    ['1920 × 1080', { width: 1920, height: 1080 }],
    ['1920 × 1080, encoded at 720', { width: 1920, height: 1080, encodedHeight: 720 }],
  ] as [string, Partial<ChartClip>][])('%s', async (_, options) => {
    const { planes, canvas, colorSpace } = await measured(options)
    expect(colorSpace).toMatchObject({ matrix: 'bt709', fullRange: false })
    expect([planes.faults, canvas.faults]).toEqual([[], []])
    expect([planes.strip, canvas.strip]).toEqual([STRIP, STRIP])
    expect(planes.mean).toBeLessThanOrEqual(0.5)
    expect(canvas.mean).toBeLessThanOrEqual(1)
  })
})

test('at 300 kb/s a strip that changes with each frame still reads, and nothing is called a wrong matrix', async () => {
  const strip = (frame: number): Strip => ({ ...STRIP, time: STRIP.time + 40 * frame })
  const { planes, canvas } = await measured({ bitrate: 300_000, frames: 50, strip })
  expect([planes.faults, canvas.faults]).toEqual([[], []])
  // Which of the last frames is on screen is the browser's affair; that it says its own time is not.
  const frames = Array.from({ length: 50 }, (_, frame) => strip(frame))
  expect(frames).toContainEqual(planes.strip)
  expect(frames).toContainEqual(canvas.strip)
})

test.each(['matrix-601', 'full-as-limited', 'limited-as-full'] as const)('%s is named', async encoding => {
  const { planes, canvas } = await measured({ encoding })
  expect([planes.faults, canvas.faults]).toEqual([[encoding], [encoding]])
  expect([planes.strip, canvas.strip]).toEqual([STRIP, STRIP])
  expect(Math.min(planes.mean, canvas.mean)).toBeGreaterThan(1)
})

describe('no picture to measure', () => {
  const best = (src: string | null) =>
    page.evaluate(async src => {
      const video = Object.assign(document.createElement('video'), { muted: true })
      if (src) {
        video.src = src
        await video.play()
      }
      return inPage.measureBest(video)
    }, src)

  test('a video that does not play yet', async () => {
    expect(await best(null)).toEqual({ fault: 'not-playing' })
  })

  test('a video from elsewhere, and one of our own afterwards', async () => {
    const name = await clip()
    expect(await best(`${elsewhere}${name}`)).toEqual({ fault: 'cross-origin' })
    expect(await best(`${here}${name}`)).toMatchObject({ faults: [] })
  })
})
