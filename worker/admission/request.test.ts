import { describe, expect, it } from 'vitest'
import { capturedWebhooks } from '../../test/support/captured.ts'
import { readAdmission } from './request.ts'

type Field = Record<string, unknown>

/** The body of an ordinary opening, with some of it replaced; undefined takes a member away. */
const body = (request: Field = {}, client: Field = {}) =>
  JSON.stringify({
    client: { address: '192.0.2.1', port: 50_000, real_ip: '192.0.2.1', user_agent: 'x', ...client },
    request: {
      direction: 'outgoing',
      protocol: 'WebRTC',
      status: 'opening',
      time: '2026-11-21T01:36:55.726+00:00',
      url: 'ws://ome.example:3333/app/grade?stream_token=t',
      ...request,
    },
  })

describe('every captured webhook', () => {
  const admissions = capturedWebhooks.filter(({ path }) => path === '/admission')
  const alerts = capturedWebhooks.filter(({ path }) => path === '/alert')
  // Nobody plays over SRT here: OME does not hold an outgoing SRT session to its lifetime.
  const isOutgoingSrt = (text: string) => /"direction":"outgoing".*"protocol":"SRT"/.test(text)

  it.each(admissions.filter(({ body }) => !isOutgoingSrt(body)))('$name is understood', ({ body }) => {
    const { client, request } = JSON.parse(body)
    const [, scheme, authority, app, stream, file] =
      /^(\w+):\/\/([^/]+)\/(\w+)\/([\w-]+)(?:\/([\w.]+))?/.exec(request.url) ?? []
    const read = readAdmission(body)
    expect({ ...read, url: { ...read?.url, query: undefined } }).toEqual({
      status: request.status,
      direction: request.direction,
      protocol: request.protocol.toLowerCase(),
      url: {
        scheme,
        authority,
        host: authority?.split(':')[0],
        hasPort: authority?.includes(':'),
        app,
        stream,
        file,
        query: undefined,
      },
      client: { address: client.address, port: client.port, realIp: client.real_ip },
    })
    const query = new URL(request.url.replace(/^\w+:/, 'http:')).searchParams
    expect(read?.url.query).toEqual([...query])
  })

  it.each(admissions.filter(({ body }) => isOutgoingSrt(body)))('$name is refused', ({ body }) => {
    expect(readAdmission(body)).toBeUndefined()
  })

  it.each(alerts)('$name is none of them', ({ body }) => {
    expect(readAdmission(body)).toBeUndefined()
  })

  it('is one or the other', () => {
    expect([
      admissions.length,
      admissions.filter(({ body }) => isOutgoingSrt(body)).length,
      alerts.length,
    ]).toEqual([117, 7, 8])
  })
})

describe('a body', () => {
  it.each(['webrtc', 'WebRTC', 'WEBRTC'])('may write its protocol %s', protocol => {
    expect(readAdmission(body({ protocol }))?.protocol).toBe('webrtc')
  })

  it('may have members that we do not know, and need not have those that we do not use', () => {
    expect(
      readAdmission(
        body({ extra: [1], time: undefined, new_url: 'nonsense' }, { real_ip: undefined, more: {} }),
      ),
    ).toMatchObject({ client: { address: '192.0.2.1', port: 50_000, realIp: undefined } })
  })

  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', 'allowed'],
    ['cut off', body().slice(0, -1)],
    ['two of them', body() + body()],
    ['a byte order mark before it', `\u{feff}${body()}`],
    ['null', 'null'],
    ['a list', `[${body()}]`],
    ['a text', JSON.stringify(body())],
    ['no members', '{}'],
    ['no client', JSON.stringify({ request: JSON.parse(body()).request })],
    ['no request', JSON.stringify({ client: JSON.parse(body()).client })],
    ['nested too deep to mean anything', '['.repeat(60_000)],
    ['no direction', body({ direction: undefined })],
    ['an unknown direction', body({ direction: 'sideways' })],
    ['a direction in upper case', body({ direction: 'OUTGOING' })],
    ['no protocol', body({ protocol: undefined })],
    ['an unknown protocol', body({ protocol: 'OVT' })],
    ['a protocol that is a number', body({ protocol: 1 })],
    ['a protocol with a space', body({ protocol: 'WebRTC ' })],
    ['no status', body({ status: undefined })],
    ['an unknown status', body({ status: 'renewing' })],
    ['no url', body({ url: undefined })],
    ['an empty url', body({ url: '' })],
    ['a url that is a list', body({ url: ['ws://ome.example:3333/app/grade'] })],
    ['a url longer than 4 KiB', body({ url: `ws://ome.example:3333/app/grade?a=${'b'.repeat(4096)}` })],
    ['no address', body({}, { address: undefined })],
    ['an empty address', body({}, { address: '' })],
    ['an address that is too long', body({}, { address: 'a'.repeat(65) })],
    ['no port', body({}, { port: undefined })],
    ['a port that is a text', body({}, { port: '50000' })],
    ['a port that is broken', body({}, { port: 1.5 })],
    ['a negative port', body({}, { port: -1 })],
    ['a port too high', body({}, { port: 65_536 })],
    ['a real_ip that is no text', body({}, { real_ip: {} })],
  ])('with %s is not understood', (_, text) => {
    expect(readAdmission(text)).toBeUndefined()
  })
})

describe('direction, protocol, scheme, file and direction= tell one story', () => {
  const directions = ['incoming', 'outgoing'] as const
  const protocols = ['RTMP', 'SRT', 'WebRTC', 'LLHLS', 'Thumbnail'] as const
  const schemes = ['rtmp', 'rtmps', 'srt', 'ws', 'wss', 'http', 'https'] as const
  const files = ['', '/master', '/llhls.m3u8', '/thumb.jpg', '/seg_1.m4s'] as const
  const queries = [
    '',
    '?direction=whip',
    '?direction=send',
    '?direction=recv',
    '?direction=sendrecv',
    '?direction=',
    '?direction=send&direction=send',
    '?direction=whip&direction=send',
  ] as const

  /** Every combination that an origin sends: all others contradict themselves. */
  const stories = new Set<string>()
  for (const scheme of ['rtmp', 'rtmps']) stories.add(`incoming RTMP ${scheme}`)
  stories.add('incoming SRT srt')
  for (const scheme of ['ws', 'wss']) {
    stories.add(`incoming WebRTC ${scheme}?direction=send`)
    for (const file of ['', '/master'])
      for (const query of ['', '?direction=recv']) stories.add(`outgoing WebRTC ${scheme}${file}${query}`)
  }
  for (const scheme of ['http', 'https']) {
    stories.add(`incoming WebRTC ${scheme}?direction=whip`)
    for (const query of ['', '?direction=recv']) {
      stories.add(`outgoing LLHLS ${scheme}/llhls.m3u8${query}`)
      stories.add(`outgoing Thumbnail ${scheme}/thumb.jpg${query}`)
    }
  }

  it(`and ${stories.size} of ${2 * 5 * 7 * 5 * 8} combinations do`, () => {
    const understood = new Set<string>()
    for (const direction of directions)
      for (const protocol of protocols)
        for (const scheme of schemes)
          for (const file of files)
            for (const query of queries) {
              const url = `${scheme}://ome.example:3333/app/grade${file}${query}`
              if (readAdmission(body({ direction, protocol, url })))
                understood.add(`${direction} ${protocol} ${scheme}${file}${query}`)
            }
    expect([...understood].sort()).toEqual([...stories].sort())
  })

  it.each([
    ['LLHLS', '/playlist.m3u8', true],
    ['LLHLS', '/llhls.M3U8', false],
    ['LLHLS', '/.m3u8', false],
    ['LLHLS', '/llhls.m3u8.exe', false],
    ['LLHLS', '/a.b.m3u8', false],
    ['LLHLS', '/llhls', false],
    ['Thumbnail', '/thumb.png', true],
    ['Thumbnail', '/thumb.jpeg', true],
    ['Thumbnail', '/thumb.webp', true],
    ['Thumbnail', '/thumb.JPG', false],
    ['Thumbnail', '/thumb.svg', false],
    ['Thumbnail', '/llhls.m3u8', false],
  ])('%s of %s: %s', (protocol, file, understood) => {
    const url = `https://ome.example:3334/app/grade${file}?stream_token=t`
    expect(readAdmission(body({ protocol, url })) !== undefined).toBe(understood)
  })
})
