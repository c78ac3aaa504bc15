/** `npm run bench [-- node deno workerd]`: measures the runtimes and writes bench/results.md when all were measured. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(import.meta.dirname, '..')
ensureDependencies(root)
const { build } = await import('esbuild')
await build({
  entryPoints: { node: 'bench/entry/node.ts', run: 'bench/run.ts' },
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  absWorkingDir: root,
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, ['dist/bench/run.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
