/**
 * `npm test`: sets up all it needs in a fresh clone, then runs the unit tests and the system tests. Further arguments go
 * to vitest (`npm test -- worker/rooms`). With `--strict` anything skipped or not collected is a failure.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureTools, missingTools } from './setup/browser.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { countingLine, countRuns } from './testing/summary.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const strict = process.argv.includes('--strict')
const args = process.argv.slice(2).filter(arg => arg !== '--strict')

/** The tests that need a browser. */
const JOURNEYS = 'test/journeys'

const reports = mkdtempSync(join(tmpdir(), 'sightline-tests-'))
try {
  ensureDependencies(root)
  const tools = ensureTools(root)
  const missing = missingTools(tools)
  await build()
  const without = missing.length ? ['--exclude', `${JOURNEYS}/**`] : []
  const runs = [await vitest('unit', args), await vitest('system', [...without, ...args])]

  const counts = countRuns(runs)
  const nothing = counts.passed + counts.failed === 0
  if (nothing) console.error('No test matches these arguments.')
  if (missing.length)
    console.log(
      `Not collected: the browser journeys (${JOURNEYS}). Install ${missing.join(' and ')}, then run npm test again.`,
    )
  console.log(countingLine(counts))
  const incomplete = strict && (counts.skipped > 0 || missing.length > 0)
  process.exitCode = counts.failed || nothing || incomplete ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

/**
 * Runs one project of vitest.config.ts where the user sees it.
 * @param {string} project
 * @param {string[]} more
 * @returns {Promise<import('./testing/summary.mjs').Run>}
 */
async function vitest(project, more) {
  const report = join(reports, `${project}.json`)
  const program = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(
    process.execPath,
    [program, 'run', '--project', project, '--passWithNoTests', ...reporters, ...more],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const [code] = await once(child, 'close')
  return { exit: code ?? 1, report: read(report) }
}

/** @param {string} path */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // A run that broke down before its end leaves no report; its exit code tells.
    return undefined
  }
}
