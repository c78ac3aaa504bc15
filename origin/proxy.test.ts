import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { originClient } from '../worker/origins/client.ts'

const read = (name: string) => readFileSync(new URL(`proxy/${name}`, import.meta.url), 'utf8')
const origin = read('origin.caddy')

/** The methods and paths that origin.caddy sends on, as `METHOD` → pattern. */
const published = [...origin.matchAll(/method ([A-Z ]+)\n\s*path_regexp rest (\S+)\n/g)].map(
  ([, methods, pattern]) => ({
    methods: (methods ?? '').split(' '),
    pattern: new RegExp((pattern ?? '').replace(/\{\$[A-Z_]+:(\w+)\}/g, '$1')),
  }),
)
const passes = (method: string, path: string) =>
  published.some(rule => rule.methods.includes(method) && rule.pattern.test(path))

const app = '/v1/vhosts/default/apps/app'

describe('the REST calls that the proxy publishes', () => {
  it.each([
    ['GET', '/v1/version'],
    ['GET', app],
    ['GET', `${app}/streams`],
    ['GET', `${app}/streams/k3vq7n2xwz4m6p5a2bcd7efg`],
    ['DELETE', `${app}/streams/k3vq7n2xwz4m6p5a2bcd7efg`],
    ['GET', '/v1/stats/current/vhosts/default/apps/app'],
    ['GET', '/v1/stats/current/vhosts/default/apps/app/streams/k3vq7n2xwz4m6p5a2bcd7efg'],
  ])('%s %s', (method, path) => {
    expect(passes(method, path)).toBe(true)
  })

  it.each([
    ['DELETE', app],
    ['DELETE', `${app}/streams`],
    ['DELETE', '/v1/vhosts/default'],
    ['POST', `${app}:startRecord`],
    ['POST', `${app}:startPush`],
    ['POST', `${app}/streams`],
    ['POST', `${app}/streams/name:sendEvent`],
    ['PATCH', app],
    ['GET', `${app}:records`],
    ['GET', `${app}/streams/name:sendEvent`],
    ['GET', `${app}/streams/`],
    ['GET', `${app}/streams/..`],
    ['GET', `${app}/streams/a/b`],
    ['GET', `${app}/outputProfiles`],
    ['GET', '/v1/vhosts'],
    ['GET', '/v1/vhosts/default'],
    ['GET', '/v1/vhosts/default/apps'],
    ['GET', '/v1/vhosts/default/apps/other'],
    ['GET', '/v1/vhosts/other/apps/app/streams'],
    ['GET', '/v1/stats/current'],
    ['GET', '/v1/stats/current/vhosts/default'],
    ['GET', '/v1/stats/current/vhosts/default/apps/app/streams'],
    ['GET', '/v1/version/'],
    ['GET', '/v1/versions'],
    ['GET', '/v1'],
    ['GET', '/'],
  ])('but not %s %s', (method, path) => {
    expect(passes(method, path)).toBe(false)
  })

  it('cover every call the product makes', async () => {
    const calls: [string, string][] = []
    const recording: typeof fetch = async (input, init) => {
      calls.push([init?.method ?? 'GET', new URL(String(input)).pathname])
      return Response.json({}, { status: 404 })
    }
    const client = originClient(
      {
        id: 'default',
        apiUrl: 'https://ome-api.example.com',
        apiToken: 'token',
        webhookSecret: 'secret',
        publicUrl: 'wss://media.example.com:3334',
        app: 'app',
        vhost: 'default',
        rtmpPort: 1935,
        srtPort: 9999,
        publicHosts: [],
        trustRealIp: false,
      },
      recording,
    )
    for (const call of Object.values(client)) await call('k3vq7n2xwz4m6p5a2bcd7efg')
    expect(calls.length).toBe(Object.keys(client).length)
    for (const [method, path] of calls)
      expect([method, path, passes(method, path)]).toEqual([method, path, true])
  })

  it('are checked for the token before anything else happens to them', () => {
    const snippet = origin.slice(origin.indexOf('(to-api)'), origin.indexOf('{$API_HOST}'))
    expect(snippet.indexOf('respond @stranger 401')).toBeGreaterThan(0)
    expect(snippet.indexOf('respond @stranger 401')).toBeLessThan(snippet.indexOf('reverse_proxy'))
    expect(origin.match(/reverse_proxy/g)).toHaveLength(1)
  })
})

describe('media through the proxy', () => {
  it('replaces the address that a client claims, and shares no connection among viewers', () => {
    const media = read('media.caddy')
    expect(media.match(/reverse_proxy/g)).toHaveLength(1)
    expect(media).toContain('header_up X-Real-IP {remote_host}')
    expect(media).toContain('keepalive off')
  })
})
