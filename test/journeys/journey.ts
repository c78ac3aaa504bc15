import type { Browser } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchChromium } from '../runtimes/chromium.ts'
import { gather, type People } from './people.ts'
import { type Product, startProduct } from './product.ts'

interface Journey {
  /** One for all journeys of a file. */
  product: Product
  browser: Browser
  /** The people of this journey alone. Afterwards none of their pages may have complained. */
  people: People
}

/** A camera and a microphone that anybody may use. */
const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Journeys in a Chromium that is started with these switches. */
export const journeyWith = (...switches: string[]) =>
  test.extend<Journey>({
    product: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures are needed
      async ({}, use) => {
        const product = await startProduct()
        await use(product)
        await product.close()
      },
      { scope: 'file' },
    ],
    browser: [
      // biome-ignore lint/correctness/noEmptyPattern: as above
      async ({}, use) => {
        const browser = await launchChromium(switches)
        await use(browser)
        await browser.close()
      },
      { scope: 'file' },
    ],
    people: async ({ product, browser }, use) => {
      await product.ensureRunning()
      const people = gather(browser)
      await use(people)
      const complaints = await people.complaints()
      await people.leave()
      expect(complaints).toEqual([])
    },
  })

export const journey = journeyWith(...FAKE_DEVICES)
