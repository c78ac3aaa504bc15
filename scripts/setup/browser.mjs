import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/** Downloads by a package manager or Playwright that take longer than this have got stuck (ms). */
const INSTALL_DEADLINE_MS = 10 * 60_000

/** Where a Chromium that decodes H.264 is usually found, best first; names without a folder are looked up in PATH. */
const PLACES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * What the browser journeys run with; undefined where this machine has none.
 * @typedef {{ chromium: string | undefined, ffmpeg: string | undefined }} Tools
 */

/**
 * The tools that are there already.
 * @returns {Tools}
 */
export function findTools() {
  return {
    chromium: [process.env.SIGHTLINE_CHROMIUM, ...PLACES.flatMap(inPath), playwrightsOwn()].find(
      place => place !== undefined && existsSync(place) && says(place, ['--version'], /chrom/i),
    ),
    ffmpeg: inPath('ffmpeg').find(place => says(place, ['-version'], /ffmpeg/i)),
  }
}

/**
 * The tools, installed if that is possible: by apt-get as root on Debian and Ubuntu, else Chromium by Playwright.
 * @param {string} root the project's folder
 * @returns {Tools}
 */
export function ensureTools(root) {
  let tools = findTools()
  const missing = missingTools(tools)
  if (missing.length && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`Installing ${missing.join(' and ')} (apt-get) …`)
    if (run('apt-get', ['update', '-qq']))
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing])
    tools = findTools()
  }
  if (!tools.chromium) {
    console.log("Downloading Playwright's Chromium …")
    run(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'])
    tools = findTools()
  }
  return tools
}

/**
 * The names of packages that would bring what is missing.
 * @param {Tools} tools
 */
export const missingTools = tools =>
  /** @type {const} */ (['chromium', 'ffmpeg']).filter(name => tools[name] === undefined)

/** The browser that `playwright install` would have brought, wherever it keeps it. */
function playwrightsOwn() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core')
    return chromium.executablePath()
  } catch {
    // Playwright knows no build for this machine.
    return undefined
  }
}

/**
 * The files that a name may mean: itself with a folder, else one in each folder of PATH that has it.
 * @param {string} name
 */
const inPath = name =>
  /[\\/]/.test(name)
    ? [name]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .map(folder => join(folder, name))
        .filter(file => existsSync(file))

/**
 * Whether a program is there and truly runs: Ubuntu's `chromium-browser` is only a note about another package.
 * @param {string} program
 * @param {string[]} args
 * @param {RegExp} name
 */
function says(program, args, name) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && name.test(stdout)
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const { status } = spawnSync(program, args, {
    // What goes wrong is said in one line at the end of the tests; several pages of it help nobody.
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: INSTALL_DEADLINE_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}
