/**
 * `npm run bench [-- node deno workerd first-frame]`: measures the runtimes and the way to the first frame, and writes
 * bench/results.md and bench/results-first-frame.md when all of either was measured.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(import.meta.dirname, '..')
const asked = process.argv.slice(2)
const runtimes = asked.filter(leg => leg !== 'first-frame')

ensureDependencies(root)
const { build } = await import('esbuild')
await build({
  entryPoints: {
    node: 'bench/entry/node.ts',
    run: 'bench/run.ts',
    'first-frame': 'bench/first-frame.ts',
  },
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  absWorkingDir: root,
  logLevel: 'warning',
})
if (!asked.length || runtimes.length) {
  const { status } = spawnSync(process.execPath, ['dist/bench/run.js', ...runtimes], {
    cwd: root,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
if (!asked.length || asked.includes('first-frame')) {
  const { measureFirstFrame } = await import('./measure/first-frame.mjs')
  if (!(await measureFirstFrame(root))) process.exitCode = 1
}
