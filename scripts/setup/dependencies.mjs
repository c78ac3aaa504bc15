import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** npm's own record of what it put into node_modules. */
const RECORD = 'node_modules/.package-lock.json'

/**
 * Installs exactly what package-lock.json says when node_modules is missing or differs.
 * @param {string} root
 * @throws {Error} with a sentence for people when npm fails
 */
export function ensureDependencies(root) {
  const missing = missingPackages(read(join(root, 'package-lock.json')), read(join(root, RECORD)))
  if (!missing.length) return
  console.log(`Installing ${missing.length} packages (npm ci) …`)
  const result = runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], root)
  if (result !== 0)
    throw new Error('npm ci failed; the reason stands above. Check the network and try again.')
}

/**
 * Packages that the lock wants and the record of the last installation does not have in that version. Optional ones
 * of other platforms are never there.
 * @param {string | undefined} lock text of package-lock.json
 * @param {string | undefined} record text of npm's record, if there is one
 * @returns {string[]} their places, such as `node_modules/hono`
 */
export function missingPackages(lock, record) {
  /** @type {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>} */
  const wanted = lock ? JSON.parse(lock).packages : {}
  /** @type {typeof wanted} */
  const present = record ? JSON.parse(record).packages : {}
  return Object.entries(wanted)
    .filter(([place, own]) => {
      if (place === '') return false
      const there = present[place]
      return there ? there.version !== own.version : !own.optional && !own.devOptional
    })
    .map(([place]) => place)
}

/**
 * Runs npm where the user sees it, with the npm that started us if there is one.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {number} exit code
 */
function runNpm(args, cwd) {
  const own = process.env.npm_execpath
  const viaNode = own !== undefined && /npm-cli\.[cm]?js$/.test(own)
  const { status } = spawnSync(viaNode ? process.execPath : 'npm', viaNode ? [own, ...args] : args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !viaNode && process.platform === 'win32',
  })
  return status ?? 1
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
