import { expect, it } from 'vitest'
import { user } from './fixture.ts'
import { userActions, type Viewer } from './user-actions.ts'

const viewer = (role: Viewer['role'], id: string | null = 'me'): Viewer => ({
  user: id === null ? null : { id, name: 'Me', role },
  role,
  rights: role === 'operator' ? ['rooms:read'] : ['users:read', 'users:write'],
})

it.each([
  [{}, viewer('owner'), ['edit', 'recover', 'disable', 'remove']],
  [{ passkeys: 0, state: 'invited' }, viewer('owner'), ['edit', 'invite', 'disable', 'remove']],
  [{ passkeys: 0, oidc: true }, viewer('owner'), ['edit', 'invite', 'disable', 'remove']],
  [{ state: 'disabled' }, viewer('owner'), ['edit', 'enable', 'remove']],
  [{ id: 'me', role: 'owner' }, viewer('owner'), ['edit']],
  [{ role: 'owner' }, viewer('owner'), ['edit', 'recover', 'disable', 'remove']],
  [{ role: 'owner' }, viewer('admin'), []],
  [{ role: 'admin' }, viewer('admin'), ['edit', 'recover', 'disable', 'remove']],
  [{}, viewer('admin', null), ['edit', 'recover', 'disable', 'remove']],
  [{}, viewer('operator'), []],
  [{ id: 'me' }, viewer('operator'), []],
] as const)('%o', (given, who, actions) => {
  expect(userActions(user(given), who)).toEqual(actions)
})
