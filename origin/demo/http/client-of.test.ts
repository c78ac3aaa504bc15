import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientOf, urlOf } from './client-of.ts'

const request = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  ({ headers, url: '/app/s?x=1', socket: { remoteAddress, remotePort: 4711 } }) as unknown as IncomingMessage

describe('clientOf', () => {
  it.each([
    [{}, '127.0.0.1'],
    [{ 'x-real-ip': '10.0.0.1' }, '10.0.0.1'],
    [{ 'x-forwarded-for': '10.0.0.2, 10.0.0.3' }, '10.0.0.2'],
    [{ 'x-real-ip': '10.0.0.1', 'x-forwarded-for': '10.0.0.2' }, '10.0.0.1'],
    [{ 'x-real-ip': '', 'x-forwarded-for': ' ' }, '127.0.0.1'],
  ])('believes %j: %s', (headers, realIp) => {
    expect(clientOf(request(headers as Record<string, string>))).toEqual({
      address: '127.0.0.1',
      port: 4711,
      realIp,
    })
  })

  it('names the user agent when there is one', () => {
    expect(clientOf(request({ 'user-agent': 'x/1' }))).toMatchObject({ userAgent: 'x/1' })
  })

  it('writes an IPv4 address as one', () => {
    expect(clientOf(request({}, '::ffff:127.0.0.1')).address).toBe('127.0.0.1')
  })
})

describe('urlOf', () => {
  it('has the host the client dialled', () => {
    expect(urlOf(request({ host: 'ome.example:3333' }), 'ws')).toBe('ws://ome.example:3333/app/s?x=1')
  })
})
