import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from '../build.mjs'
import { releaseGuard } from '../launch/children.mjs'
import { launchDemonstration } from '../launch/demonstration.mjs'
import { findTools } from '../setup/browser.mjs'

/**
 * Measures how long a review link takes to its first frame beside OvenPlayer alone and writes
 * bench/results-first-frame.md.
 * @param {string} root the project's folder, with dist/bench/first-frame.js built
 * @returns {Promise<boolean>} whether it is within its budget; true where there is no Chromium to measure with
 */
export async function measureFirstFrame(root) {
  const { chromium: executablePath } = findTools()
  if (!executablePath) {
    console.log('Not measured: the first frame. It needs Chromium; npm test installs one.')
    return true
  }
  await build()
  const bundle = pathToFileURL(join(root, 'dist/bench/first-frame.js')).href
  /** @type {typeof import('../../bench/first-frame.ts')} */
  const { BUDGET, measureFirstFrame: measure, ratioOf, reportFirstFrame } = await import(bundle)
  const { reviewLink, stop } = await launchDemonstration(root)
  try {
    const times = await measure({ reviewLink, executablePath })
    const text = reportFirstFrame(times)
    console.log(text)
    writeFileSync(join(root, 'bench/results-first-frame.md'), text)
    if (ratioOf(times) > BUDGET) console.error('Over budget: link opened to first frame')
    return ratioOf(times) <= BUDGET
  } finally {
    await stop()
    await releaseGuard()
  }
}
