import { pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword, pretend, type StoredPassword } from './password.ts'

const pbkdf2 = (password: string, iterations = 10, bytes = 32): StoredPassword => ({
  type: 'pbkdf2',
  hash: 'sha-256',
  key: pbkdf2Sync(password, Buffer.from('0011', 'hex'), iterations, bytes, 'sha256').toString('hex'),
  salt: '0011',
  iterations,
})
/** Of "U*U": a vector that bcrypt's implementations are tested with. */
const VECTOR = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'
const bcrypt = (key = VECTOR): StoredPassword => ({ type: 'bcrypt', key })

describe('a password is right', () => {
  test.each<[string, StoredPassword, string]>([
    ['PBKDF2 as another implementation made it', pbkdf2('grün 🎬'), 'grün 🎬'],
    ['a longer key', pbkdf2('x', 3, 64), 'x'],
    ['bcrypt', bcrypt(), 'U*U'],
    ['bcrypt by its other names', bcrypt(VECTOR.replace('$2a', '$2y')), 'U*U'],
    ['a wildcard', { type: 'wildcard' }, 'anything'],
    ['a wildcard and nothing', { type: 'wildcard' }, ''],
  ])('%s', async (_, stored, password) => {
    expect(await isPassword(stored, password, 'node')).toBe(true)
  })

  test('by what was made of it here, which is never the same twice', async () => {
    const [one, two] = [await hashPassword('pass'), await hashPassword('pass')]
    expect(one).toEqual({
      type: 'pbkdf2',
      hash: 'sha-256',
      key: expect.stringMatching(/^[\da-f]{64}$/),
      salt: expect.stringMatching(/^[\da-f]{32}$/),
      iterations: 100_000,
    })
    expect(two).not.toEqual(one)
    expect(await isPassword(one, 'pass', 'workerd')).toBe(true)
    expect(await isPassword(two, 'Pass', 'workerd')).toBe(false)
  })
})

describe('a password is wrong', () => {
  const long = 'x'.repeat(73)
  test.each<[string, StoredPassword, string]>([
    ['another', pbkdf2('secret'), 'secret '],
    ['none', pbkdf2('secret'), ''],
    ['the key itself', pbkdf2('secret'), (pbkdf2('secret') as { key: string }).key],
    ['after other iterations', { ...pbkdf2('secret'), iterations: 11 } as StoredPassword, 'secret'],
    ['bcrypt of another', bcrypt(), 'U*V'],
    ['bcrypt with something behind it', bcrypt(), 'U*U '],
    ['the hash itself', bcrypt(), VECTOR],
    ['a last character of the hash that is another', bcrypt(VECTOR.replace(/W$/, 'X')), 'U*U'],
    // What is beyond 72 bytes bcrypt does not see.
    ['too long for bcrypt', bcrypt('$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i'), long],
  ])('%s', async (_, stored, password) => {
    expect(await isPassword(stored, password, 'node')).toBe(false)
  })

  test('where its hash cannot be computed', async () => {
    const costly = pbkdf2('secret', 100_001)
    expect(await isPassword(costly, 'secret', 'node')).toBe(true)
    expect(await isPassword(costly, 'secret', 'workerd')).toBe(false)
  })

  test('for nobody, whatever others have', async () => {
    for (const model of [undefined, pbkdf2(''), bcrypt(), { type: 'wildcard' } as const])
      expect(await pretend(model, '', 'node')).toBe(false)
  })
})
