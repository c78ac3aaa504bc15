import { expect, it } from 'vitest'
import { parseMediaUrl } from './media-url.ts'
import { placeFault } from './place.ts'
import type { Protocol } from './request.ts'

const open = { app: 'app', vhost: 'default', publicHosts: [] }
const listed = { ...open, publicHosts: ['ome.example', '192.0.2.1'] }
const upper = { ...open, vhost: 'Studio' }

it.each<[string, Protocol, typeof open | typeof listed, string | undefined]>([
  ['ws://anything.example:3333/app/s', 'webrtc', open, undefined],
  ['ws://anything.example:3333/other/s', 'webrtc', open, 'wrong application'],
  ['ws://anything.example:3333/App/s', 'webrtc', open, 'wrong application'],
  ['ws://anything.example:3333/app2/s', 'webrtc', open, 'wrong application'],
  // The application is segment 1, whatever segment 2 is called.
  ['ws://anything.example:3333/other/app', 'webrtc', open, 'wrong application'],
  ['srt://default/app/s', 'srt', open, undefined],
  ['srt://DEFAULT/app/s', 'srt', open, undefined],
  ['srt://studio/app/s', 'srt', upper, undefined],
  ['srt://default/app/s', 'srt', upper, 'wrong virtual host'],
  ['srt://other/app/s', 'srt', open, 'wrong virtual host'],
  ['srt://ome.example/app/s', 'srt', listed, 'wrong virtual host'],
  ['srt://default/other/s', 'srt', open, 'wrong application'],
  // With a port it is an address, and the virtual host is not in it.
  ['srt://other.example:9999/app/s', 'srt', open, undefined],
  ['srt://default:9999/app/s', 'srt', listed, 'wrong host'],
  ['srt://ome.example:9999/app/s', 'srt', listed, undefined],
  ['srt://default/app/s', 'srt', listed, undefined],
  // Only SRT names the virtual host.
  ['ws://default/app/s', 'webrtc', open, undefined],
  ['ws://other/app/s', 'webrtc', open, undefined],
  ['ws://default/app/s', 'webrtc', listed, 'wrong host'],
  ['ws://OME.Example:3333/app/s', 'webrtc', listed, undefined],
  ['rtmp://192.0.2.1:1935/app/s', 'rtmp', listed, undefined],
  ['rtmp://192.0.2.10:1935/app/s', 'rtmp', listed, 'wrong host'],
  ['http://ome.example.evil:3333/app/s/llhls.m3u8', 'llhls', listed, 'wrong host'],
  ['http://xome.example:3333/app/s/thumb.jpg', 'thumbnail', listed, 'wrong host'],
])('%s (%s)', (text, protocol, origin, fault) => {
  expect(placeFault(origin, { url: parseMediaUrl(text)!, protocol })).toBe(fault)
})
