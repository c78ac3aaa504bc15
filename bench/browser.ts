import { cpus } from 'node:os'
import { type Browser, chromium } from 'playwright-core'

/** What is measured in a browser: a running product with its demonstration, and the browser's program. */
export interface Setup {
  reviewLink: string
  executablePath: string
}

/** What comes of it: a page of Markdown, and whether the budget was kept. */
export interface Result {
  report: string
  isWithin: boolean
}

export async function withBrowser<T>(
  { executablePath }: Setup,
  measure: (browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'],
  })
  try {
    return await measure(browser)
  } finally {
    await browser.close()
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The line about the machine in a report. */
export const machine = (): string =>
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}; Node ${process.versions.node}. Browser, server and origin share it.`
