/**
 * `npm run bench [-- node deno workerd first-frame latency]`: measures the runtimes and the viewer's page, and writes
 * bench/results.md when all runtimes were measured, bench/results-LEG.md for the rest.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { browserLegs, measureInBrowser } from './measure/in-browser.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(import.meta.dirname, '..')
const asked = process.argv.slice(2)

ensureDependencies(root)
const { build } = await import('esbuild')
await build({
  entryPoints: {
    node: 'bench/entry/node.ts',
    run: 'bench/run.ts',
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
const runtimes = asked.filter(leg => !browserLegs.includes(leg))
const inBrowser = browserLegs.filter(leg => !asked.length || asked.includes(leg))
if (!asked.length || runtimes.length) {
  const { status } = spawnSync(process.execPath, ['dist/bench/run.js', ...runtimes], {
    cwd: root,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
if (inBrowser.length && !(await measureInBrowser(root, inBrowser))) process.exitCode = 1
