/**
 * `npm run build`: the static site (dist/site), the server for Node (dist/server) and the demonstration origin
 * (dist/demo). Each is rebuilt only when its sources differ from those it was built of; `--force` rebuilds all.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readStamp, stampOf } from './setup/stamp.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** What every build depends on: the tools' versions and how this file calls them. */
const tools = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs']

/**
 * @typedef {object} Target
 * @property {string} title what is said while it is built
 * @property {string[]} sources
 * @property {(outDir: string) => Promise<void>} build
 */

/** @type {Record<'site' | 'server' | 'demo', Target>} */
const targets = {
  site: {
    title: 'the pages',
    sources: ['site', 'vite.config.ts', ...tools],
    async build(outDir) {
      const { build } = await import('vite')
      await build({
        root: join(root, 'site'),
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir, rolldownOptions: { checks: { bundlerTimings: false } } },
      })
    },
  },
  server: {
    title: 'the server',
    sources: ['worker', 'scripts/data', 'package.json', ...tools],
    build: outDir =>
      bundle(outDir, {
        node: join(root, 'worker/entry/node.ts'),
        config: join(root, 'worker/config.ts'),
        audit: join(root, 'worker/audit/check.ts'),
        mint: join(root, 'worker/users/mint.ts'),
      }),
  },
  demo: {
    title: 'the demonstration origin',
    sources: ['origin/demo', 'worker', ...tools],
    build: outDir => bundle(outDir, { origin: join(root, 'origin/demo/main.ts') }),
  },
}

/**
 * Builds what is out of date. A finished build replaces the old one in a single step, so that a build beside a running
 * server, or two at once, never leave half of one.
 * @param {{ only?: (keyof typeof targets)[], force?: boolean, say?: (line: string) => void }} [options]
 */
export async function build({ only, force = false, say = console.log } = {}) {
  for (const name of only ?? /** @type {(keyof typeof targets)[]} */ (Object.keys(targets))) {
    const { title, sources, build: run } = targets[name]
    const done = join(root, 'dist', name)
    const stampFile = join(root, 'dist', `.${name}.built-of`)
    const stamp = stampOf(root, sources)
    if (!force && readStamp(stampFile) === stamp && existsSync(done)) continue
    say(`Building ${title} …`)
    const draft = join(root, 'dist', `.${name}-${process.pid}`)
    mkdirSync(draft, { recursive: true })
    try {
      await run(draft)
      replace(done, draft)
      writeFileSync(stampFile, stamp)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
}

/**
 * Puts a finished build in its place. Of two builds of the same sources that end together either may stay.
 * @param {string} done
 * @param {string} draft
 */
function replace(done, draft) {
  const old = `${draft}-old`
  if (existsSync(done)) renameSync(done, old)
  try {
    renameSync(draft, done)
  } catch (error) {
    if (!existsSync(done)) throw error
  }
  rmSync(old, { recursive: true, force: true })
}

/**
 * One file for each entry, packages left outside: they come from node_modules, native ones included.
 * @param {string} outdir
 * @param {Record<string, string>} entryPoints
 */
async function bundle(outdir, entryPoints) {
  const esbuild = await import('esbuild')
  await esbuild.build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    absWorkingDir: root,
    logLevel: 'warning',
  })
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { ensureDependencies } = await import('./setup/dependencies.mjs')
  ensureDependencies(root)
  await build({ force: process.argv.includes('--force') })
}
