import { type Browser, chromium } from 'playwright-core'
import { findTools } from '../../scripts/setup/browser.mjs'

/** What keeps Chromium from talking to anybody but the page it is shown. */
const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
]

/** Starts the Chromium that `npm test` made sure of. */
export async function launchChromium(more: string[] = []): Promise<Browser> {
  const { chromium: executablePath } = findTools()
  if (!executablePath)
    throw new Error('There is no Chromium here. Run npm test: it installs one or says how.')
  return chromium.launch({ executablePath, args: [...QUIET, ...more] })
}
