import { describe, expect, it } from 'vitest'
import { capturedAnswer } from '../../test/support/captured.ts'
import { readLastReceived, readStream, readStreamNames } from './stream-info.ts'

const at = (iso: string) => Date.parse(iso)
const input = (more: object = {}) => ({
  createdTime: '2026-11-21T01:36:55.842+00:00',
  sourceUrl: 'TCP://127.0.0.1:45954',
  ...more,
})
const stream = (response: unknown) => ({ message: 'OK', statusCode: 200, response })

describe('a stream', () => {
  it.each([
    ['api-stream-info', '2026-11-21T01:36:55.842Z', 45_954],
    ['api-newurl-stream', '2026-11-21T01:39:11.942Z', 40_294],
    ['api-whip-stream', '2026-11-21T01:42:29.984Z', 39_948],
  ])('as captured in %s', (name, created, port) => {
    expect(readStream(capturedAnswer(name).body)).toEqual({
      playable: true,
      createdAt: at(created),
      source: { address: '127.0.0.1', port },
    })
  })

  it.each([
    ['has no outputs', {}, false],
    ['has an empty list of them', { outputs: [] }, false],
    ['has one', { outputs: [{}] }, true],
  ])('that %s: playable %s', (_, more, playable) => {
    expect(readStream(stream({ input: input(), ...more }))?.playable).toBe(playable)
  })

  it.each<[string, string | undefined, { address: string; port: number } | undefined]>([
    ['an IPv4 address', 'TCP://192.0.2.1:1935', { address: '192.0.2.1', port: 1935 }],
    ['another transport', 'SRT://192.0.2.1:9999', { address: '192.0.2.1', port: 9999 }],
    ['an IPv6 address in brackets', 'TCP://[2001:db8::1]:1935', { address: '2001:db8::1', port: 1935 }],
    ['an IPv6 address without', 'TCP://2001:db8::1:1935', { address: '2001:db8::1', port: 1935 }],
    ['no port', 'TCP://192.0.2.1', undefined],
    ['a path', 'rtsp://192.0.2.1:554/live', undefined],
    ['nothing', '', undefined],
    ['no such member', undefined, undefined],
  ])('that comes from %s', (_, sourceUrl, source) => {
    const { sourceUrl: __, ...rest } = input()
    const given = sourceUrl === undefined ? rest : { ...rest, sourceUrl }
    expect(readStream(stream({ input: given }))).toEqual({
      playable: false,
      createdAt: at('2026-11-21T01:36:55.842Z'),
      source,
    })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a page', '<html>'],
    ['a list of names', capturedAnswer('api-streams-list').body],
    ['an error', capturedAnswer('api-stream-notfound').body],
    ['no input', stream({ outputs: [{}] })],
    ['no time', stream({ input: { sourceUrl: 'TCP://192.0.2.1:1' } })],
    ['a time that is none', stream({ input: input({ createdTime: 'yesterday' }) })],
    ['outputs that are no list', stream({ input: input(), outputs: 'all' })],
    ['a source that is no text', stream({ input: input({ sourceUrl: 7 }) })],
  ])('is not %s', (_, answer) => {
    expect(readStream(answer)).toBeUndefined()
  })
})

describe('the list of streams', () => {
  it.each([
    ['api-streams-list', ['test']],
    ['api-streams-after-delete', []],
  ])('as captured in %s', (name, names) => {
    expect(readStreamNames(capturedAnswer(name).body)).toEqual(names)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an error', capturedAnswer('api-app-notfound').body],
    ['a stream', capturedAnswer('api-stream-info').body],
    ['a list of other things', { response: [1] }],
    ['no list', { response: 'test' }],
  ])('is not %s', (_, answer) => {
    expect(readStreamNames(answer)).toBeUndefined()
  })
})

describe('when data last came', () => {
  it.each([
    ['api-stream-stats', '2026-11-21T'],
    ['api-stream-stats-live', '2026-11-21T'],
  ])('as captured in %s', (name, day) => {
    const { body } = capturedAnswer(name) as { body: { response: { lastRecvTime: string } } }
    expect(body.response.lastRecvTime).toContain(day)
    expect(readLastReceived(body)).toBe(at(body.response.lastRecvTime))
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an error', capturedAnswer('api-stream-notfound').body],
    ['statistics without it', { response: { totalConnections: 1 } }],
    ['a number', { response: { lastRecvTime: 1_795_225_000_000 } }],
    ['a time that is none', { response: { lastRecvTime: 'never' } }],
  ])('is not %s', (_, answer) => {
    expect(readLastReceived(answer)).toBeUndefined()
  })
})
