import { expect, test } from 'vitest'
import { carryOut, offerCommands, offered } from './registry.ts'

test('a command is there for as long as something offers it', async () => {
  expect([...offered.value]).toEqual([])
  const take = offerCommands({ leave: () => ['Bye'] })
  const takeToo = offerCommands({ leave: async () => undefined, revoke: ({ link }) => [link] })
  expect([...offered.value].sort()).toEqual(['leave', 'revoke'])
  expect(await carryOut({ is: 'leave' })).toEqual([])
  expect(await carryOut({ is: 'revoke', link: 'abc' })).toEqual(['abc'])
  takeToo()
  takeToo()
  expect(await carryOut({ is: 'leave' })).toEqual(['Bye'])
  take()
  expect([...offered.value]).toEqual([])
  expect(await carryOut({ is: 'leave' })).toEqual([])
})

test('what fails says so', async () => {
  const take = offerCommands({ subgroups: () => Promise.reject(new Error('away')) })
  await expect(carryOut({ is: 'subgroups' })).rejects.toThrow('away')
  take()
})
