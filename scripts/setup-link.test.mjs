import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createKeys } from '../worker/crypto/keys.ts'
import { readOneTimeLink } from '../worker/users/one-time-link.ts'

const SECRET = 'a secret of the tests, long enough for anybody'
const URL_ARGS = ['--url', 'https://review.example']

/** A folder as the image has it: scripts and what is built, no sources. @type {string} */
let folder
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'setup-link-'))
  cpSync(new URL('.', import.meta.url), join(folder, 'scripts'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: [fileURLToPath(new URL('../worker/users/mint.ts', import.meta.url))],
    outdir: join(folder, 'dist/server'),
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => rmSync(join(folder, 'data'), { recursive: true, force: true }))

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(args, env = { SIGHTLINE_SECRET: SECRET }) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'scripts/setup-link.mjs'), ...args],
    {
      encoding: 'utf8',
      // No network, no database: a proxy that is not there would show a try.
      env: {
        PATH: process.env.PATH ?? '',
        DATA_DIR: join(folder, 'data'),
        DATABASE_URL: 'http://127.0.0.1:9',
        ...env,
      },
    },
  )
  return { status, stdout, stderr }
}

/** What a printed link says. @param {string} printed */
async function claimsOf(printed) {
  const { origin, pathname, hash } = new URL(printed.trim())
  const claims = await readOneTimeLink(createKeys(SECRET), hash.slice(1), Date.now())
  return {
    at: origin + pathname,
    kind: claims?.k,
    user: claims?.u,
    minutes: ((claims?.exp ?? 0) * 1000 - Date.now()) / 60_000,
  }
}

describe('setup-link', () => {
  it('prints a set-up link and nothing else, good for half an hour', async () => {
    const { status, stdout, stderr } = run(URL_ARGS)
    expect([status, stderr]).toEqual([0, 'Works once, within 30 minutes.\n'])
    expect(stdout).toMatch(/^https:\/\/review\.example\/admin\/welcome#[\w-]+\.[\w-]+\.[\w-]{43}\n$/)
    const { minutes, ...claims } = await claimsOf(stdout)
    expect(claims).toEqual({ at: 'https://review.example/admin/welcome', kind: 'setup', user: undefined })
    expect(minutes).toBeGreaterThan(29)
    expect(minutes).toBeLessThanOrEqual(30.02)
  })

  it('prints another one each time', () => {
    expect(run(URL_ARGS).stdout).not.toBe(run(URL_ARGS).stdout)
  })

  it.each(['olga@post.example', 'aaaaaaaaaaaaaaaa', 'owner'])('recovers %s', async user => {
    const { status, stdout } = run([...URL_ARGS, '--recover', ` ${user} `])
    expect([status, await claimsOf(stdout)]).toMatchObject([0, { kind: 'recover', user }])
  })

  it('takes PUBLIC_URL for the address, and the secret from the data folder', async () => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'data/secret'), `${SECRET}\n`)
    const { status, stdout } = run([], { PUBLIC_URL: 'https://other.example:8443/' })
    expect([status, await claimsOf(stdout)]).toMatchObject([
      0,
      { at: 'https://other.example:8443/admin/welcome', kind: 'setup' },
    ])
  })

  it.each([
    ['without an address', [], 'Say where people open Sightline'],
    ['with an address that is none', ['--url', 'review.example'], 'Say where people open Sightline'],
    ['with another kind of address', ['--url', 'ftp://review.example'], 'Say where people open Sightline'],
    ['with a path', ['--url', 'https://review.example/admin'], 'Say where people open Sightline'],
    ['with a query', ['--url', 'https://review.example/?a=1'], 'Say where people open Sightline'],
    ['with a fragment', ['--url', 'https://review.example/#a'], 'Say where people open Sightline'],
    ['recovering nobody', [...URL_ARGS, '--recover', ' '], 'Say whom to recover'],
    ['recovering by name', [...URL_ARGS, '--recover', 'Olga'], 'Names do not count'],
    ['recovering by a name of two words', [...URL_ARGS, '--recover', 'Olga Ögren'], 'GET /api/users'],
    ['recovering by what is nearly an id', [...URL_ARGS, '--recover', 'aaaaaaaaaaaaaaa1'], 'Say whom'],
    ['recovering by two addresses', [...URL_ARGS, '--recover', 'a@b.example,c@d.example'], 'Say whom'],
    ['recovering without saying whom', [...URL_ARGS, '--recover'], '--recover'],
    ['with what it does not know', [...URL_ARGS, '--force'], '--force'],
    ['with a word too many', [...URL_ARGS, 'olga'], 'olga'],
  ])('%s ends with 2, a sentence and no link', (_, args, sentence) => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain(SECRET)
  })

  it.each([
    ['none', {}],
    ['an empty one', { SIGHTLINE_SECRET: ' ' }],
  ])('with a secret that is %s ends with 2', (_, env) => {
    const { status, stdout, stderr } = run(URL_ARGS, env)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('SIGHTLINE_SECRET is not set')
  })

  it.each([
    ['too short to be the deployment’s', URL_ARGS, { SIGHTLINE_SECRET: 'short' }, 'SIGHTLINE_SECRET'],
    [
      'for an address that makes a link too long',
      [...URL_ARGS, '--recover', `${'x'.repeat(242)}@post.example`],
      undefined,
      'Say whom',
    ],
  ])('what no server would take is not made: %s', (_, args, env, sentence) => {
    const { status, stdout, stderr } = run(args, env)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
  })
})
