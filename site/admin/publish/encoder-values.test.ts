import { describe, expect, it } from 'vitest'
import { encoderValues, protocols } from './encoder-values.ts'

const key = 'abcdefghij'
const ingest = {
  rtmp: { server: 'rtmp://origin.example:1935/app', key },
  srt: {
    url: `srt://origin.example:9999?mode=caller&streamid=default/app/${key}`,
    streamId: `default/app/${key}`,
  },
  whip: { url: `https://origin.example:3334/app/${key}?direction=whip` },
}

describe('encoderValues', () => {
  it.each(protocols)('%s covers every value that carries the key', protocol => {
    for (const { value, secret } of encoderValues(ingest, protocol)) expect(value.includes(key)).toBe(secret)
  })

  it('gives OBS what it asks for', () => {
    const lines = (p: (typeof protocols)[number]) => encoderValues(ingest, p).map(v => [v.label, v.value])
    expect(lines('rtmp')).toEqual([
      ['Service', 'Custom…'],
      ['Server', 'rtmp://origin.example:1935/app'],
      ['Stream key', key],
    ])
    expect(lines('srt')).toEqual([
      ['Service', 'Custom…'],
      ['Server', ingest.srt.url],
      ['Stream key', 'Leave it empty'],
      ['Stream ID', ingest.srt.streamId],
    ])
    expect(lines('whip')).toEqual([
      ['Service', 'WHIP'],
      ['Server', ingest.whip.url],
      ['Bearer token', 'Leave it empty'],
    ])
  })
})
