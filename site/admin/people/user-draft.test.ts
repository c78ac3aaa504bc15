import { describe, expect, it } from 'vitest'
import { user } from './fixture.ts'
import { emptyUserDraft, newUserBody, userChangeBody, userDraft, userFaults } from './user-draft.ts'

const draft = userDraft(user())

it('userDraft shows a user as they are typed', () => {
  expect(draft).toEqual({ name: 'Suite assistant', email: 'assist@example.com', role: 'operator' })
  expect(userDraft(user({ email: null }))).toEqual({ ...draft, email: '' })
})

describe('userFaults', () => {
  it('finds none in a full and in a minimal form', () => {
    expect(userFaults(draft)).toEqual({})
    expect(userFaults({ ...emptyUserDraft, name: 'x' })).toEqual({})
    expect(userFaults({ ...draft, role: 'guest', email: ' Ada@Example.com ' })).toEqual({})
  })

  it.each([
    [{ name: ' ' }, { name: { is: 'empty' } }],
    [{ name: 'x'.repeat(81) }, { name: { is: 'too-long', max: 80 } }],
    [{ email: 'ada' }, { email: { is: 'email' } }],
    [{ email: 'ada@localhost' }, { email: { is: 'email' } }],
    [{ email: 'ada@example.com, bob@example.com' }, { email: { is: 'email' } }],
    [{ email: `${'x'.repeat(250)}@example.com` }, { email: { is: 'email' } }],
    [{ role: 'guest', email: ' ' }, { email: { is: 'empty' } }],
  ] as const)('%o', (wrong, faults) => {
    expect(userFaults({ ...draft, ...wrong })).toEqual(faults)
  })
})

it.each([
  [{ name: ' Ada ' }, { name: 'Ada', email: null, role: 'operator' }],
  [
    { name: 'Ada', email: ' ada@example.com ', role: 'guest' },
    { name: 'Ada', email: 'ada@example.com', role: 'guest' },
  ],
] as const)('newUserBody of %o', (given, body) => {
  expect(newUserBody({ ...emptyUserDraft, ...given })).toEqual(body)
})

it.each([
  [{}, {}],
  [{ name: ' Suite assistant ', email: 'ASSIST@example.com' }, {}],
  [{ name: 'Ada' }, { name: 'Ada' }],
  [{ email: '' }, { email: null }],
  [{ role: 'admin' }, { role: 'admin' }],
] as const)('userChangeBody to %o is %o', (change, body) => {
  expect(userChangeBody(draft, { ...draft, ...change })).toEqual(body)
})
