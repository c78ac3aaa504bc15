import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A digest of the sources' names, sizes and times: the same as at the last build means nothing has to be built.
 * Unlike "newer than" it also sees a file that went away or an older one that came back.
 * @param {string} root
 * @param {string[]} sources files and folders under the root; those that do not exist count as absent
 */
export function stampOf(root, sources) {
  const hash = createHash('sha256')
  for (const source of sources) add(hash, root, source)
  return hash.digest('hex')
}

/**
 * The stamp that a build left behind, if any.
 * @param {string} path
 */
export const readStamp = path => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} place
 */
function add(hash, root, place) {
  const path = join(root, place)
  const facts = statSync(path, { throwIfNoEntry: false })
  if (!facts) return
  if (!facts.isDirectory()) {
    hash.update(`${place}\0${facts.size}\0${facts.mtimeMs}\n`)
    return
  }
  for (const name of readdirSync(path).sort()) add(hash, root, join(place, name))
}
