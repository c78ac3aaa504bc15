import { describe, expect, it } from 'vitest'
import { redirect, targetOf } from './redirect.ts'

describe('targetOf', () => {
  it.each([
    ['rtmp://h:1935/app/key?a=b', { app: 'app', stream: 'key', file: undefined }],
    ['srt://default/app/s?key=abc', { app: 'app', stream: 's', file: undefined }],
    ['ws://h:3333/app/s/master?x=1', { app: 'app', stream: 's', file: 'master' }],
    ['http://h:3333/app/s/llhls.m3u8?x=/a/b', { app: 'app', stream: 's', file: 'llhls.m3u8' }],
    ['ws://h:3333/app/s/', { app: 'app', stream: 's', file: undefined }],
  ])('%s', (url, expected) => {
    expect(targetOf(url)).toEqual({ ...expected, url })
  })

  it.each(['', 'app/key', '/app/key', 'ws://h', 'ws://h/', 'ws://h/app', 'ws://h/app/', 'ws://h//key'])(
    'nothing in %j',
    url => {
      expect(targetOf(url)).toBeUndefined()
    },
  )
})

describe('redirect', () => {
  const go = (from: string, to: string | undefined) => {
    const result = redirect(targetOf(from)!, to, 'app')
    return result.outcome === 'admitted' ? result.target.url : `refused: ${result.reason}`
  }
  const RTMP = 'rtmp://127.0.0.1:1935/app/key?t=1'
  const HLS = 'http://127.0.0.1:3333/app/token/llhls.m3u8?t=1'

  it.each([
    ['another stream', RTMP, 'rtmp://127.0.0.1:1935/app/real?u=7'],
    ['another host', RTMP, 'rtmp://other.example:1935/app/real'],
    ['no port', RTMP, 'rtmp://other.example/app/real'],
    ['its file', HLS, 'http://127.0.0.1:3333/app/live/llhls.m3u8'],
  ])('follows a new_url with %s', (_, from, to) => {
    expect(go(from, to)).toBe(to)
  })

  it.each([undefined, '/app/real', 'real', '//h/app/real', 'app/real', ' rtmp://h/app/real', '?x'])(
    'ignores %j, which is not absolute',
    to => {
      expect(go(RTMP, to)).toBe(RTMP)
    },
  )

  it.each([
    ['another scheme', RTMP, 'srt://127.0.0.1:1935/app/real', 'changes the scheme'],
    ['another port', RTMP, 'rtmp://127.0.0.1:1936/app/real', 'changes the port'],
    ['no stream', RTMP, 'rtmp://127.0.0.1:1935/app', 'names no stream'],
    ['an unknown application', RTMP, 'rtmp://127.0.0.1:1935/nosuchapp/x', 'names an unknown application'],
    ['a file nobody asked for', RTMP, 'rtmp://127.0.0.1:1935/app/real/x', 'changes the file'],
    ['no file', HLS, 'http://127.0.0.1:3333/app/live', 'changes the file'],
    ['another file', HLS, 'http://127.0.0.1:3333/app/live/playlist.m3u8', 'changes the file'],
    ['nonsense', RTMP, 'rtmp://', 'names no stream'],
  ])('refuses a new_url with %s', (_, from, to, reason) => {
    expect(go(from, to)).toBe(`refused: new_url ${reason}`)
  })
})
