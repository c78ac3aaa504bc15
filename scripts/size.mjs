/**
 * `npm run size`: the Worker's bundle and what the pages load first, gzipped, against the budgets of the design. Fails
 * when one is over.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from './build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const site = join(root, 'dist/site')
const KB = 1024

/** KB gzipped; the admin page has none, it is shown for information. */
const budgets = { worker: 300, viewer: 30 }

ensureDependencies(root)
await build({ only: ['site'] })
const { firstScripts } = await import('./measure/first-load.mjs')

const rows = [
  { name: 'Worker, minified', bytes: workerSize(), budget: budgets.worker },
  {
    name: 'Viewer page, JavaScript before the player',
    bytes: await pageSize('viewer.html'),
    budget: budgets.viewer,
  },
  { name: 'Admin page, JavaScript', bytes: await pageSize('admin.html'), budget: undefined },
]
for (const { name, bytes, budget } of rows) {
  const size = `${(bytes / KB).toFixed(1)} KB`
  const verdict = budget === undefined ? '' : ` of ${budget} KB${bytes > budget * KB ? '  OVER' : ''}`
  console.log(`${name.padEnd(44)}${size.padStart(9)}${verdict}`)
}
if (rows.some(({ bytes, budget }) => budget !== undefined && bytes > budget * KB)) process.exitCode = 1

/** The bundle as wrangler would upload it, in gzipped bytes. */
function workerSize() {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-worker-'))
  try {
    const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [wrangler, 'deploy', '--dry-run', '--outdir', folder],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CI: '1' },
      },
    )
    if (status !== 0) throw new Error(`wrangler could not bundle the Worker:\n${stdout}${stderr}`)
    const scripts = readdirSync(folder).filter(name => /\.(js|mjs|wasm)$/.test(name))
    return gzipped(scripts.map(name => join(folder, name)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} page */
async function pageSize(page) {
  return gzipped((await firstScripts(site, page)).map(path => join(site, path)))
}

/** @param {string[]} files each is sent, hence packed, by itself */
function gzipped(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0)
}
