import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * The scripts that a built page loads before anything it imports on demand: those its HTML names, and what they import
 * statically, however deep. Paths below the site's folder.
 * @param {string} site
 * @param {string} page such as `viewer.html`
 * @returns {Promise<string[]>}
 */
export async function firstScripts(site, page) {
  const html = readFileSync(join(site, page), 'utf8')
  const named = [...html.matchAll(/<script\b[^>]*\bsrc="\/([^"]+\.js)"/g)].map(match => String(match[1]))
  if (!named.length) return []
  const { metafile } = await build({
    absWorkingDir: site,
    entryPoints: named,
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'not-written',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  /** @type {Set<string>} */
  const first = new Set()
  const pending = [...named]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (first.has(path)) continue
    first.add(path)
    for (const { kind, path: imported, external } of metafile.inputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) pending.push(imported)
  }
  return [...first].sort()
}
