import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { vi } from 'vitest'
import { openEye, type Seen } from './eye.ts'

/** Long enough for a machine that is busy with other things. In ms. */
const PATIENCE = 40_000

/** A browser writes to its console a moment after the answer that it writes about. In ms. */
const SAID_WITHIN = 5_000

/** Somebody with a page of their own: nothing is shared with the others. */
export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  /** Resolves when the page says so in its `data-state`, and in its `data-reason` if one is asked for. */
  reaches(state: string, reason?: string): Promise<void>
  /** Resolves when so many further frames were presented. */
  sees(frames?: number): Promise<void>
  seen(): Promise<Seen>
}

export interface Opening extends BrowserContextOptions {
  /** What is done to the page before it goes anywhere. */
  prepare?: (page: Page) => Promise<unknown>
}

/** Everybody in a journey, and what went wrong on any of their pages. */
export interface People {
  open(address: string, how?: Opening): Promise<Person>
  /** Something the browser's console will say in this journey, and why that is as it should be. */
  expectInConsole(pattern: RegExp, because: string): void
  /** Lines that may come or not, as the moment has it: a page that does not dial meets no closed door. */
  allowInConsole(pattern: RegExp): void
  /** Words that must stay out of titles, requests and referrers, such as a room's title. */
  keepPrivate(...words: string[]): void
  /** What should not have happened on any page so far, a line each. */
  complaints(): Promise<string[]>
  leave(): Promise<void>
}

export function gather(browser: Browser): People {
  const people: Person[] = []
  const console: string[] = []
  const expected: { pattern: RegExp; because: string }[] = []
  const allowed: RegExp[] = []
  const requests: { url: string; referer: string }[] = []
  const secrets = new Set<string>()

  function watch(context: BrowserContext): void {
    context.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning')
        console.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', error => console.push(`uncaught: ${error.error().stack}`))
    context.on('request', request => {
      requests.push({ url: request.url(), referer: request.headers().referer ?? '' })
    })
    context.on('page', page => {
      page.on('crash', () => console.push('crash'))
      page.on('websocket', socket => requests.push({ url: socket.url(), referer: '' }))
    })
  }

  return {
    async open(address, { prepare, ...options } = {}) {
      const { hash } = new URL(address)
      if (hash) secrets.add(hash.slice(1))
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
      watch(context)
      const page = await context.newPage()
      page.setDefaultTimeout(PATIENCE)
      await page.addInitScript(openEye)
      await prepare?.(page)
      await page.goto(address)
      const person: Person = {
        page,
        context,
        async reaches(state, reason) {
          const why = reason === undefined ? '' : `[data-reason="${reason}"]`
          await page.locator(`#app[data-state="${state}"]${why}`).waitFor({ timeout: PATIENCE })
        },
        async sees(frames = 25) {
          const late = new Error(`${frames} more frames were not presented within ${PATIENCE} ms`)
          let timer: NodeJS.Timeout | undefined
          const patience = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(late), PATIENCE)
          })
          await Promise.race([page.evaluate(n => window.journeyEye.frames(n), frames), patience])
          clearTimeout(timer)
        },
        seen: () => page.evaluate(() => window.journeyEye.seen()),
      }
      people.push(person)
      return person
    },
    expectInConsole: (pattern, because) => void expected.push({ pattern, because }),
    allowInConsole: pattern => void allowed.push(pattern),
    keepPrivate: (...words) => words.forEach(word => void secrets.add(word)),
    async complaints() {
      const unsaid = () => expected.filter(({ pattern }) => !console.some(line => pattern.test(line)))
      await vi.waitUntil(() => unsaid().length === 0, SAID_WITHIN).catch(() => {})
      const known = [...expected.map(({ pattern }) => pattern), ...allowed]
      const found = console.filter(line => !known.some(pattern => pattern.test(line)))
      for (const { pattern, because } of unsaid()) found.push(`nothing matches ${pattern} (${because})`)
      for (const { url, referer } of requests) {
        if (referer) found.push(`referrer sent to ${url}: ${referer}`)
        if ([...secrets].some(secret => revealed(url).includes(secret))) found.push(`secret in ${url}`)
      }
      for (const person of people) {
        if (person.page.isClosed()) continue
        const { titles, violations } = await person.seen()
        for (const title of titles)
          if ([...secrets].some(secret => title.includes(secret))) found.push(`secret in the title: ${title}`)
        for (const violation of violations) found.push(`against the content security policy: ${violation}`)
      }
      return found
    },
    async leave() {
      for (const { context } of people) await context.close()
    },
  }
}

/** What everybody between here and the server can read of an address: all but its fragment. */
function revealed(address: string): string {
  const { pathname, search } = new URL(address)
  return decodeURIComponent(pathname + search).replaceAll('+', ' ')
}
