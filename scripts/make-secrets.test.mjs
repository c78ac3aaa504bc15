import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillEnv } from './make-secrets.mjs'

const example = '# note\nHOST=review.example.com\nURL=wss://$HOST:1\n# made\nONE=\nTWO=\n'

describe('fillEnv', () => {
  it('fills every empty value with a secret of its own and leaves the rest', () => {
    let n = 0
    expect(fillEnv(example, [], () => `secret${++n}`)).toBe(
      '# note\nHOST=review.example.com\nURL=wss://$HOST:1\n# made\nONE=secret1\nTWO=secret2\n',
    )
  })

  it('takes a name from the command line', () => {
    expect(fillEnv(example, ['HOST=a.studio'], () => 'x')).toContain('HOST=a.studio\n')
  })

  it('makes 256 random bits, different each time', () => {
    const [one, two] = [...fillEnv(example, []).matchAll(/^(?:ONE|TWO)=(.*)$/gm)].map(m => m[1])
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(two).not.toBe(one)
  })

  it.each([
    ['a name the example does not have', 'OTHER=1', 'There is no OTHER'],
    ['a secret given by hand', 'ONE=hunter2', 'ONE is made here'],
    ['no value', 'HOST=', 'Not NAME=VALUE'],
    ['a value with a line break', 'HOST=a\nONE=b', 'Not NAME=VALUE'],
    ['no name', 'review.example.com', 'Not NAME=VALUE'],
  ])('refuses %s', (_, pair, message) => {
    expect(() => fillEnv(example, [pair])).toThrow(message)
  })
})

describe('make-secrets', () => {
  /** @type {string} */
  let folder
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'))
    for (const name of ['scripts', 'origin']) mkdirSync(join(folder, name))
    cpSync(new URL('make-secrets.mjs', import.meta.url), join(folder, 'scripts/make-secrets.mjs'))
    cpSync(new URL('../origin/.env.example', import.meta.url), join(folder, 'origin/.env.example'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const run = (...args) =>
    spawnSync(process.execPath, [join(folder, 'scripts/make-secrets.mjs'), ...args], { encoding: 'utf8' })
  const env = () => readFileSync(join(folder, 'origin/.env'), 'utf8')

  it('writes a file for its owner alone and prints none of its secrets', () => {
    const { status, stdout, stderr } = run('PUBLIC_IP=198.51.100.7')
    expect(status).toBe(0)
    expect(statSync(join(folder, 'origin/.env')).mode & 0o777).toBe(0o600)
    const secrets = [...env().matchAll(/^[A-Z_]+=([A-Za-z0-9_-]{43})$/gm)].map(m => m[1])
    expect(secrets).toHaveLength(4)
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret)
    expect(env()).toContain('PUBLIC_IP=198.51.100.7\n')
    expect(stdout).toContain('MEDIA_HOST')
    expect(stdout).not.toContain('PUBLIC_IP')
  })

  it('leaves an existing file as it is', () => {
    writeFileSync(join(folder, 'origin/.env'), 'mine')
    const { status, stderr } = run()
    expect([status, env()]).toEqual([1, 'mine'])
    expect(stderr).toContain('stays as it is')
  })

  it('writes nothing when an argument is wrong', () => {
    expect(run('NOPE=1').status).toBe(1)
    expect(() => execFileSync('ls', [join(folder, 'origin/.env')], { stdio: 'ignore' })).toThrow()
  })
})
