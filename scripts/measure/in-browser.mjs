import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from '../build.mjs'
import { releaseGuard } from '../launch/children.mjs'
import { launchDemonstration } from '../launch/demonstration.mjs'
import { findTools } from '../setup/browser.mjs'

/** What is measured in a browser, and the file that its bench is built into. */
export const browserLegs = ['first-frame', 'latency', 'picture']

/** @typedef {import('../../bench/browser.ts').Result} Result */

/**
 * Measures a review link's page beside OvenPlayer alone and writes bench/results-LEG.md for each leg.
 * @param {string} root the project's folder, with the legs built into dist/bench
 * @param {string[]} legs
 * @returns {Promise<boolean>} whether all are within their budgets; true where there is no Chromium to measure with
 */
export async function measureInBrowser(root, legs) {
  const { chromium: executablePath } = findTools()
  if (!executablePath) {
    console.log(`Not measured: ${legs.join(', ')}. They need Chromium; npm test installs one.`)
    return true
  }
  await build()
  const { reviewLink, stop } = await launchDemonstration(root)
  let within = true
  try {
    for (const leg of legs) {
      /** @type {{ measure: (setup: import('../../bench/browser.ts').Setup) => Promise<Result> }} */
      const bench = await import(pathToFileURL(join(root, `dist/bench/${leg}.js`)).href)
      const { report, isWithin } = await bench.measure({ reviewLink, executablePath })
      console.log(report)
      writeFileSync(join(root, `bench/results-${leg}.md`), report)
      if (!isWithin) console.error(`Over budget: ${leg}`)
      within &&= isWithin
    }
    return within
  } finally {
    await stop()
    await releaseGuard()
  }
}
