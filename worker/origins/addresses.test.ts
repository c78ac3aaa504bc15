import { expect, it } from 'vitest'
import { parseMediaUrl } from '../admission/media-url.ts'
import { httpAddress, ingestAddresses, playbackAddresses } from './addresses.ts'
import type { Origin } from './origins.ts'

const origin: Origin = {
  id: 'default',
  apiUrl: undefined,
  apiToken: '',
  webhookSecret: '1234',
  publicUrl: 'wss://ome.example:3334',
  app: 'app',
  vhost: 'default',
  rtmpPort: 1935,
  srtPort: 9999,
  publicHosts: [],
  trustRealIp: false,
}
const local: Origin = {
  ...origin,
  publicUrl: 'ws://[::1]:3333',
  app: 'live',
  vhost: 'studio',
  rtmpPort: 1936,
  srtPort: 9998,
}
const KEY = 'a'.repeat(48)

it('HTTP goes where signalling goes, with TLS where it has TLS', () => {
  expect([httpAddress(origin), httpAddress(local)]).toEqual(['https://ome.example:3334', 'http://[::1]:3333'])
})

it('a viewer plays at the slug, with the token as the last parameter', () => {
  expect(playbackAddresses(origin, 'grade', 'h.p.s')).toEqual({
    webrtc: 'wss://ome.example:3334/app/grade?stream_token=h.p.s',
    llhls: 'https://ome.example:3334/app/grade/llhls.m3u8?stream_token=h.p.s',
  })
})

it('an encoder gets its key ready to paste', () => {
  expect(ingestAddresses(origin, KEY)).toEqual({
    rtmp: { server: 'rtmp://ome.example:1935/app', key: KEY },
    srt: {
      url: `srt://ome.example:9999?mode=caller&latency=120000&streamid=default/app/${KEY}`,
      streamId: `default/app/${KEY}`,
    },
    whip: { url: `https://ome.example:3334/app/${KEY}?direction=whip` },
  })
  expect(ingestAddresses(local, KEY)).toEqual({
    rtmp: { server: 'rtmp://[::1]:1936/live', key: KEY },
    srt: {
      url: `srt://[::1]:9998?mode=caller&latency=120000&streamid=studio/live/${KEY}`,
      streamId: `studio/live/${KEY}`,
    },
    whip: { url: `http://[::1]:3333/live/${KEY}?direction=whip` },
  })
})

it('admission reads every address that is given out', () => {
  for (const one of [origin, local]) {
    const { rtmp, srt, whip } = ingestAddresses(one, KEY)
    const { webrtc, llhls } = playbackAddresses(one, 'grade', 'h.p.s')
    const streams = [`${rtmp.server}/${rtmp.key}`, `srt://${srt.streamId}`, whip.url, webrtc, llhls].map(
      url => {
        const read = parseMediaUrl(url)
        return [read?.app, read?.stream]
      },
    )
    expect(streams).toEqual([...Array(3).fill([one.app, KEY]), ...Array(2).fill([one.app, 'grade'])])
  }
})
