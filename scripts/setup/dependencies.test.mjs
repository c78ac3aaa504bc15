import { describe, expect, test } from 'vitest'
import { missingPackages } from './dependencies.mjs'

const packages = all => JSON.stringify({ packages: { '': { name: 'sightline' }, ...all } })
const lock = packages({
  'node_modules/hono': { version: '4.13.19' },
  'node_modules/vite': { version: '8.3.8', dev: true },
  'node_modules/@deno/win32-x64': { version: '2.9.5', optional: true },
})

describe('missingPackages', () => {
  test('wants nothing when what the lock names is there; other platforms need not be', () => {
    const record = packages({
      'node_modules/hono': { version: '4.13.19' },
      'node_modules/vite': { version: '8.3.8' },
    })
    expect(missingPackages(lock, record)).toEqual([])
  })
  test('wants everything but optional packages in a fresh clone', () => {
    expect(missingPackages(lock, undefined)).toEqual(['node_modules/hono', 'node_modules/vite'])
  })
  test('wants what an installation without development packages left out', () => {
    expect(missingPackages(lock, packages({ 'node_modules/hono': { version: '4.13.19' } }))).toEqual([
      'node_modules/vite',
    ])
  })
  test('wants a package again whose version the lock has changed', () => {
    const record = packages({
      'node_modules/hono': { version: '4.13.18' },
      'node_modules/vite': { version: '8.3.8' },
    })
    expect(missingPackages(lock, record)).toEqual(['node_modules/hono'])
  })
})
