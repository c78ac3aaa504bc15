/**
 * `npm run setup-link -- --url https://review.example [--recover USER]`: prints a one-time link, made of the deployment's
 * secret alone: it reaches no server and no database. Without --recover it makes the first owner; with it, a new passkey
 * for a user (by id, by e-mail address, or `owner` for the only owner there is), whose browsers are then signed out.
 * docs/hardening.md says who may run it.
 */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { dataFolder, storedSecret } from './data/folder.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const USAGE = 'npm run setup-link -- --url https://review.example [--recover USER]'
const WHOM = `Say whom to recover: by id, by e-mail address, or "owner" for the only owner there is. Names do not count.
Ids are in GET /api/users, and in the audit.`

/** What a server asks of its secret, and the longest that a link can say of a user, in characters. */
const MIN_SECRET = 32
const MAX_USER = 254

const { url, recover } = read()
const secret = process.env.SIGHTLINE_SECRET?.trim() || storedSecret(dataFolder(process.env, root))
if (!secret)
  leave(
    'SIGHTLINE_SECRET is not set, and the data folder has none. Run this with the secret of the deployment.',
  )
if (secret.length < MIN_SECRET)
  leave(`SIGHTLINE_SECRET has fewer than ${MIN_SECRET} characters: no server runs with it.`)

// In the image there are no sources and no tools to build them with; the bundle is there.
if (existsSync(join(root, 'worker'))) {
  ensureDependencies(root)
  await build({ only: ['server'], say: line => console.error(line) })
}
const { mintLink } = await import(pathToFileURL(join(root, 'dist/server/mint.js')).href)
const link = await mintLink(secret, url, recover, Date.now())
console.log(link.url)
console.error(`Works once, within ${link.minutes} minutes.`)

/** The arguments, or the end with a line that says what is wrong. */
function read() {
  let given
  try {
    given = parseArgs({ options: { url: { type: 'string' }, recover: { type: 'string' } } }).values
  } catch (error) {
    return leave(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
  const text = given.url ?? process.env.PUBLIC_URL?.trim()
  const parsed = text && URL.canParse(text) ? new URL(text) : undefined
  if (
    !parsed ||
    !/^https?:$/.test(parsed.protocol) ||
    parsed.pathname !== '/' ||
    parsed.search ||
    parsed.hash
  )
    return leave(`Say where people open Sightline: --url https://review.example\n${USAGE}`)
  const recover = given.recover?.trim()
  if (recover !== undefined && !meansUser(recover)) return leave(`${WHOM}\n${USAGE}`)
  return { url: parsed.origin, recover }
}

/**
 * Whether a text can mean a user.
 * @param {string} text
 */
function meansUser(text) {
  return (
    text === 'owner' || /^[a-z2-7]{16}$/.test(text) || (text.length <= MAX_USER && /^[^@]+@[^@]+$/.test(text))
  )
}

/**
 * @param {string} message
 * @returns {never}
 */
function leave(message) {
  console.error(message)
  process.exit(2)
}
