import { expect, it } from 'vitest'
import { grants, roles } from '../../worker/links/permissions.ts'
import { grantNames, presetGrants, rolePresets } from './roles.ts'

it('offers every grant and role that the server knows, and says what they grant', () => {
  expect([...grantNames].sort()).toEqual([...grants].sort())
  expect([...rolePresets].sort()).toEqual(Object.keys(roles).sort())
  expect(presetGrants).toEqual(roles)
})
