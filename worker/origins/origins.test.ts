import { expect, it } from 'vitest'
import { loadConfig } from '../config.ts'
import { createOrigins } from './origins.ts'

const env = {
  SIGHTLINE_SECRET: 'a secret of the tests, long enough for anybody',
  DATABASE_URL: 'file:test.db',
}
const withOne = createOrigins(loadConfig({ ...env, OME_WEBHOOK_SECRET: '1234' }))
const without = createOrigins(loadConfig(env))

it('the first origin is the default one, and alone answers where none is named', () => {
  const first = withOne.get('default')
  expect(first).toMatchObject({ id: 'default', webhookSecret: '1234', app: 'app', vhost: 'default' })
  expect(withOne.forWebhook(undefined)).toBe(first)
  expect(withOne.forWebhook('default')).toBe(first)
  expect(withOne.usual()).toBe(first)
  expect(withOne.all()).toEqual([first])
})

it.each(['', 'Default', 'default ', 'second', '__proto__', 'constructor'])('there is no origin %j', id => {
  expect(withOne.get(id)).toBeUndefined()
  expect(withOne.forWebhook(id)).toBeUndefined()
})

it('without one there is none, anywhere', () => {
  expect([without.get('default'), without.forWebhook(undefined), without.usual(), without.all()]).toEqual([
    undefined,
    undefined,
    undefined,
    [],
  ])
})
