import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'
import { isLoopback, urlHost } from './loopback.ts'
import { startDemoOrigin } from './origin.ts'

const NEEDED = { CONTROL_URL: 'http://127.0.0.1:8787/v1/admission', WEBHOOK_SECRET: 's', API_TOKEN: 't' }
const READ = { controlUrl: NEEDED.CONTROL_URL, webhookSecret: 's', apiToken: 't' }

describe('readEnvironment', () => {
  it('needs three variables and has defaults for the rest', () => {
    expect(readEnvironment({ ...NEEDED, DEMO_HOST: '', DEMO_PORT: '' })).toEqual(READ)
  })

  it('reads all of them', () => {
    const rest = {
      DEMO_HOST: 'localhost',
      DEMO_PORT: '0',
      DEMO_API_PORT: '65535',
      ALERT_URL: 'http://a',
      DEMO_CLIP_DIR: '/c',
    }
    expect(readEnvironment({ ...NEEDED, ...rest })).toEqual({
      ...READ,
      host: 'localhost',
      mediaPort: 0,
      apiPort: 65_535,
      alertUrl: 'http://a',
      clipDir: '/c',
    })
  })

  it('names every problem in one sentence', () => {
    const wrong = { DEMO_PORT: '65536', DEMO_API_PORT: '-1' }
    expect(() => readEnvironment(wrong)).toThrow(
      'The demonstration origin cannot start: DEMO_PORT must be a port from 0 to 65535; DEMO_API_PORT must be a port from 0 to 65535; CONTROL_URL is missing; WEBHOOK_SECRET is missing; API_TOKEN is missing.',
    )
  })
})

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is', host => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    '',
    '0.0.0.0',
    '::',
    '192.168.1.5',
    '10.0.0.1',
    'example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '1127.0.0.1',
  ])('%j is not', host => {
    expect(isLoopback(host)).toBe(false)
  })

  it('is written in brackets when it must be', () => {
    expect([urlHost('127.0.0.1'), urlHost('::1')]).toEqual(['127.0.0.1', '[::1]'])
  })
})

describe('startDemoOrigin', () => {
  it.each(['0.0.0.0', '192.168.1.5', 'review.example'])('refuses to listen on %s', async host => {
    await expect(startDemoOrigin({ ...READ, host, mediaPort: 0, apiPort: 0 })).rejects.toThrow(
      `listens on this machine only, not on ${host}`,
    )
  })

  it.each(['https://127.0.0.1/v1/admission', 'nonsense', 'file:///etc/passwd'])(
    'refuses to ask %s',
    async controlUrl => {
      await expect(startDemoOrigin({ ...READ, controlUrl, mediaPort: 0, apiPort: 0 })).rejects.toThrow(
        'plain http',
      )
    },
  )

  it('says so when a port is taken', async () => {
    const first = await startDemoOrigin({ ...READ, mediaPort: 0, apiPort: 0 })
    const { mediaPort, apiPort } = first
    await expect(startDemoOrigin({ ...READ, mediaPort, apiPort: 0 })).rejects.toThrow('EADDRINUSE')
    await expect(startDemoOrigin({ ...READ, mediaPort: 0, apiPort })).rejects.toThrow('EADDRINUSE')
    await first.close()
  })
})
