/**
 * Writes origin/.env from origin/.env.example with fresh secrets, for the compose files of origin/.
 *
 *   npm run secrets -- MEDIA_HOST=media.example.com PUBLIC_IP=203.0.113.10
 *
 * Never overwrites, never prints a secret.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, exit } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'origin')

/** 256 bits, in letters that need no quoting in a shell, a URL, XML or a compose file. */
const fresh = () => randomBytes(32).toString('base64url')

/**
 * The text of .env: every empty line `NAME=` of the example gets a fresh secret, every NAME in `given` its value.
 * @param {string} example
 * @param {string[]} given `NAME=VALUE`, for names that have a value in the example
 * @param {() => string} [make]
 * @throws {Error} a name that the example does not have, or a secret given by hand
 */
export function fillEnv(example, given, make = fresh) {
  const values = new Map()
  for (const pair of given) {
    const [, name, value] = /^([A-Z_]+)=(\S+)$/.exec(pair) ?? []
    if (!name) throw new Error(`Not NAME=VALUE: ${pair}`)
    const line = new RegExp(`^${name}=(.*)$`, 'm').exec(example)
    if (!line) throw new Error(`There is no ${name} in .env.example.`)
    if (line[1] === '')
      throw new Error(`${name} is made here, not given: a secret typed in stays in the shell's history.`)
    values.set(name, value)
  }
  return example.replace(
    /^([A-Z_]+)=(.*)$/gm,
    (_, name, usual) => `${name}=${values.get(name) ?? (usual || make())}`,
  )
}

function main() {
  const target = join(folder, '.env')
  let text
  try {
    text = fillEnv(readFileSync(join(folder, '.env.example'), 'utf8'), argv.slice(2))
    writeFileSync(target, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
    console.error(
      code === 'EEXIST'
        ? `${target} is there already and stays as it is. To start over, move it away; everything signed with its secrets then stops working.`
        : message,
    )
    return 1
  }
  const placeholders = [...text.matchAll(/^([A-Z_]+)=.*(?:example\.com|203\.0\.113\.10)$/gm)].map(
    match => match[1],
  )
  console.log(`Wrote ${target}, readable by you alone, with fresh secrets.`)
  if (placeholders.length)
    console.log(`Still an example in it, set what your compose file uses: ${placeholders.join(', ')}.`)
  return 0
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) exit(main())
