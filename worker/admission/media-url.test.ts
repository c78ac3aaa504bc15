import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MediaUrl, parseMediaUrl, redirected } from './media-url.ts'

const usual: MediaUrl = {
  scheme: 'ws',
  authority: 'ome.example:3333',
  host: 'ome.example',
  hasPort: true,
  app: 'app',
  stream: 'grade',
  file: undefined,
  query: [],
}

describe('is read', () => {
  it.each<[string, Partial<MediaUrl>]>([
    ['ws://ome.example:3333/app/grade', {}],
    ['ws://ome.example:3333/app/grade?', {}],
    ['wss://ome.example:3333/app/grade/master', { scheme: 'wss', file: 'master' }],
    [
      'http://OME.Example:3333/app/grade/llhls.m3u8',
      { scheme: 'http', authority: 'OME.Example:3333', file: 'llhls.m3u8' },
    ],
    ['srt://default/app/grade', { scheme: 'srt', authority: 'default', host: 'default', hasPort: false }],
    ['rtmp://192.0.2.1:1935/app/grade', { scheme: 'rtmp', authority: '192.0.2.1:1935', host: '192.0.2.1' }],
    [
      'rtmp://[2001:DB8::1]:1935/app/grade',
      { scheme: 'rtmp', authority: '[2001:DB8::1]:1935', host: '2001:db8::1' },
    ],
    ['ws://[::1]/app/grade', { authority: '[::1]', host: '::1', hasPort: false }],
    ['ws://ome.example:3333/my_app-2.0/grade.1_a-b', { app: 'my_app-2.0', stream: 'grade.1_a-b' }],
  ])('%s', (text, parts) => {
    expect(parseMediaUrl(text)).toEqual({ ...usual, ...parts })
  })

  it.each<[string, MediaUrl['query']]>([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'b=2&a=1',
      [
        ['b', '2'],
        ['a', '1'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=1', [['', '1']]],
    ['a=b=c', [['a', 'b=c']]],
    [
      'a=1&',
      [
        ['a', '1'],
        ['', ''],
      ],
    ],
    [
      '&a=1',
      [
        ['', ''],
        ['a', '1'],
      ],
    ],
    [
      'a=1&&b=2',
      [
        ['a', '1'],
        ['', ''],
        ['b', '2'],
      ],
    ],
    ['A=1', [['A', '1']]],
    ['%61=%31', [['%61', '%31']]],
  ])('with the query %s', (text, query) => {
    expect(parseMediaUrl(`ws://ome.example:3333/app/grade?${text}`)).toEqual({ ...usual, query })
  })
})

describe('is not read', () => {
  it.each([
    ['nothing', ''],
    ['no scheme', 'ome.example:3333/app/grade'],
    ['a scheme in upper case', 'WS://ome.example:3333/app/grade'],
    ['a scheme of mixed case', 'Rtmp://ome.example/app/grade'],
    ['a scheme with other letters', 'w5://ome.example/app/grade'],
    ['one slash after the scheme', 'ws:/ome.example/app/grade'],
    ['no host', 'ws:///app/grade'],
    ['a user', 'ws://user@ome.example/app/grade'],
    ['a user and a password', 'ws://user:pass@ome.example/app/grade'],
    ['a port without number', 'ws://ome.example:/app/grade'],
    ['a port that is none', 'ws://ome.example:abc/app/grade'],
    ['a port of six digits', 'ws://ome.example:333333/app/grade'],
    ['an IPv6 address without brackets', 'ws://2001:db8::1/app/grade'],
    ['an open bracket', 'ws://[2001:db8::1/app/grade'],
    ['a zone in an IPv6 address', 'ws://[fe80::1%25eth0]:3333/app/grade'],
    ['no stream', 'ws://ome.example:3333/app'],
    ['an empty stream', 'ws://ome.example:3333/app/'],
    ['an empty application', 'ws://ome.example:3333//grade'],
    ['an empty segment between', 'ws://ome.example:3333/app//grade'],
    ['a slash after the stream', 'ws://ome.example:3333/app/grade/'],
    ['a segment too many', 'ws://ome.example:3333/app/grade/master/more'],
    ['a slash after the file', 'ws://ome.example:3333/app/grade/master/'],
    ['a stream that is ..', 'ws://ome.example:3333/app/..'],
    ['an application that is ..', 'ws://ome.example:3333/../app/grade'],
    ['a stream that is .', 'ws://ome.example:3333/app/.'],
    ['a file that is ..', 'ws://ome.example:3333/app/grade/..'],
    ['a stream that is hidden', 'ws://ome.example:3333/app/.grade'],
    ['an escaped letter', 'ws://ome.example:3333/app/%67rade'],
    ['an escaped slash', 'ws://ome.example:3333/app%2Fgrade/x'],
    ['an escaped NUL', 'ws://ome.example:3333/app/grade%00'],
    ['a backslash', 'ws://ome.example:3333/app\\grade/x'],
    ['path parameters', 'ws://ome.example:3333/app/grade;v=1'],
    ['a fragment', 'ws://ome.example:3333/app/grade#part'],
    ['a fragment after the query', 'ws://ome.example:3333/app/grade?a=1#part'],
    ['a NUL in the path', 'ws://ome.example:3333/app/gra\0de'],
    ['a NUL in the query', 'ws://ome.example:3333/app/grade?a=\u00001'],
    ['a line end at the end', 'ws://ome.example:3333/app/grade\n'],
    ['a line end in the query', 'ws://ome.example:3333/app/grade?a=1\r\nX: y'],
    ['a space before', ' ws://ome.example:3333/app/grade'],
    ['a space in the query', 'ws://ome.example:3333/app/grade?a=1 2'],
    ['letters outside ASCII in the path', 'ws://ome.example:3333/app/größe'],
    ['letters outside ASCII in the query', 'ws://ome.example:3333/app/grade?a=größe'],
    ['letters outside ASCII in the host', 'ws://öme.example:3333/app/grade'],
    ['letters that only look like it', 'ws://ome.example:3333/аpp/grade'],
    ['two URLs', 'ws://ome.example:3333/app/ws://ome.example:3333/app/grade'],
  ])('%s', (_, text) => {
    expect(parseMediaUrl(text)).toBeUndefined()
  })
})

// A pattern that looks back would not come to its end here within the time of a test.
it.each([
  ['a stream of 100 kB', `ws://ome.example:3333/app/${'a'.repeat(100_000)}`, true],
  ['a query of 100 kB', `ws://ome.example:3333/app/grade?${'a=b&'.repeat(25_000)}`, true],
  ['100 kB and then a slash', `ws://ome.example:3333/app/${'a.-_'.repeat(25_000)}/`, false],
  ['100 kB of host and no port', `ws://${'a.'.repeat(50_000)}:/app/grade`, false],
  ['100 kB of segments', `ws://ome.example/${'a/'.repeat(50_000)}`, false],
  ['100 kB of empty parameters and a fragment', `ws://ome.example/app/grade?${'&'.repeat(100_000)}#`, false],
])('%s', (_, text, read) => {
  expect(parseMediaUrl(text) !== undefined).toBe(read)
})

// OME takes the last login or scheme in the whole text for the address: what holds one is none.
it.each([
  'ws://h/app/grade?x=y:z@h/app/other&stream_token=t',
  'ws://h/app/grade?x=a://h/app/other&stream_token=t',
  'rtmp://h/app/grade?x=y:z@h/otherapp/other',
  'srt://default/app/grade?x=//default/app/other',
  'ws://h/app/grade?x=?stream_token=t',
  'ws://h/app/grade?x=[::1]',
  'ws://h/app/grade?a=/../?b',
])('%s is not read', text => {
  expect(parseMediaUrl(text)).toBeUndefined()
})

describe('redirected', () => {
  const to = (text: string) => redirected(parseMediaUrl(text)!, 'hidden')

  it.each([
    ['ws://ome.example:3333/app/grade', 'ws://ome.example:3333/app/hidden'],
    ['wss://OME.example:3334/app/grade/master', 'wss://OME.example:3334/app/hidden/master'],
    ['http://[::1]:3333/app/grade/llhls.m3u8', 'http://[::1]:3333/app/hidden/llhls.m3u8'],
    ['srt://default/app/grade', 'srt://default/app/hidden'],
    ['ws://h/app/grade?transport=tcp&stream_token=t', 'ws://h/app/hidden?transport=tcp'],
    ['ws://h/app/grade?stream_token=t', 'ws://h/app/hidden'],
    ['rtmp://h/app/grade?key=k&a=1&key=l&b', 'rtmp://h/app/hidden'],
    ['http://h/app/grade?direction=whip&key=k', 'http://h/app/hidden?direction=whip'],
    ['rtmp://h/app/grade?a=b=c&&', 'rtmp://h/app/hidden'],
    ['ws://h/app/grade?transport=a=b', 'ws://h/app/hidden'],
    ['ws://h/app/grade?transport=%40&direction=recv', 'ws://h/app/hidden?direction=recv'],
  ])('%s → %s', (text, expected) => {
    expect(to(text)).toBe(expected)
  })

  it('is always an absolute URL that differs in the stream and carries only what matters', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9._-]{0,11}$/)
    const url = fc.record({
      scheme: fc.constantFrom('rtmp', 'srt', 'ws', 'wss', 'http', 'https'),
      host: fc.constantFrom('ome.example', '192.0.2.1', '[2001:db8::1]', 'default'),
      port: fc.option(fc.integer({ min: 1, max: 65_535 })),
      app: word,
      stream: word,
      file: fc.option(word),
      query: fc.array(fc.tuple(fc.constantFrom('a', 'transport', 'key', 'stream_token'), word), {
        maxLength: 4,
      }),
    })
    fc.assert(
      fc.property(url, ({ scheme, host, port, app, stream, file, query }) => {
        const asked = parseMediaUrl(
          `${scheme}://${host}${port ? `:${port}` : ''}/${app}/${stream}${file ? `/${file}` : ''}?${query.map(([n, v]) => `${n}=${v}`).join('&')}`,
        )!
        const read = parseMediaUrl(redirected(asked, 'hidden'))
        expect(read).toEqual({
          ...asked,
          stream: 'hidden',
          query: query.filter(([name, value]) => name === 'transport' && /^\w+$/.test(value)),
        })
      }),
    )
  })
})
