import { expect, it } from 'vitest'
import { mayManage, rightsOf, roles } from '../../../worker/users/rights.ts'
import { manages, userRoles } from './roles.ts'

it('knows the server’s roles, strongest first', () => {
  expect(userRoles).toEqual(roles)
})

it('offers what the server allows to whom it shows users', () => {
  const managers = roles.filter(role => rightsOf(role).has('users:write'))
  expect(managers.length).toBeGreaterThan(1)
  for (const own of managers)
    for (const role of roles)
      expect([own, role, manages(own, role)]).toEqual([own, role, mayManage(own, role, role)])
})
