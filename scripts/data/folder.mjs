import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** 48 random bytes: 64 characters of base64url. */
const SECRET_BYTES = 48

/**
 * The folder of the embedded database and the generated secret: DATA_DIR, else `.data`.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 */
export const dataFolder = (env, root) => resolve(root, env.DATA_DIR?.trim() || '.data')

/**
 * The database's address for libSQL: DATABASE_URL, else a file in the data folder.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 */
export const databaseUrl = (env, folder) => env.DATABASE_URL?.trim() || fileUrl(join(folder, 'sightline.db'))

/**
 * A file as libSQL's client wants it named.
 * @param {string} path
 */
export const fileUrl = path => `file:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`

/**
 * The path of a `file:` address, or undefined for a database elsewhere.
 * @param {string} url
 */
export const databaseFile = url =>
  url.startsWith('file:') ? resolve(decodeURIComponent(url.replace(/^file:(\/\/)?/, ''))) : undefined

/**
 * Makes the data folder, closed to other users, when it is not there.
 * @param {string} folder
 */
export function openDataFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * The secret of a local deployment: read from `secret` in the data folder, made there at the first start. Two first
 * starts at once end with the same secret, and nobody ever reads a half-written one.
 * @param {string} folder
 * @returns {string}
 */
export function localSecret(folder) {
  const path = join(folder, 'secret')
  const known = readIfThere(path)
  if (known !== undefined) return known
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (code !== 'EEXIST') writeWithoutLinks(path, readFileSync(draft, 'utf8'))
  } finally {
    unlinkSync(draft)
  }
  return readIfThere(path) ?? ''
}

/**
 * The stored secret, or undefined when there is none yet.
 * @param {string} folder
 */
export const storedSecret = folder => readIfThere(join(folder, 'secret'))

/** @param {string} path */
function readIfThere(path) {
  let text
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
  if (!text) throw new Error(`${path} is empty. Put the secret back, or delete the file to get a new one.`)
  return text
}

/**
 * Some shared folders have no hard links; there the first to create the file wins.
 * @param {string} path
 * @param {string} text
 */
function writeWithoutLinks(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
}
