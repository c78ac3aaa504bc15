/**
 * `npm run bench [-- node deno workerd live first-frame latency picture]`: measures the runtimes, a full room and the viewer's
 * page, and writes bench/results.md when all runtimes were measured, bench/results-LEG.md for the rest. `live` with
 * runtimes beside it measures a full room on these.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { browserLegs, measureInBrowser } from './measure/in-browser.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(import.meta.dirname, '..')
const asked = process.argv.slice(2)

ensureDependencies(root)
// Wrangler does not start without the pages.
const { build } = await import('./build.mjs')
await build()
const esbuild = await import('esbuild')
await esbuild.build({
  entryPoints: {
    node: 'bench/entry/node.ts',
    run: 'bench/run.ts',
    live: 'bench/live.ts',
    ...Object.fromEntries(browserLegs.map(leg => [leg, `bench/${leg}.ts`])),
  },
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  absWorkingDir: root,
  logLevel: 'warning',
})
const runtimes = asked.filter(leg => !['live', ...browserLegs].includes(leg))
const inBrowser = browserLegs.filter(leg => !asked.length || asked.includes(leg))
const live = asked.includes('live')
if (!asked.length || (runtimes.length && !live)) run('run', runtimes)
if (!asked.length || live) run('live', runtimes)
if (inBrowser.length && !(await measureInBrowser(root, inBrowser))) process.exitCode = 1

/**
 * @param {string} name of the built bench
 * @param {string[]} args
 */
function run(name, args) {
  const { status } = spawnSync(process.execPath, [`dist/bench/${name}.js`, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = status ?? 1
}
