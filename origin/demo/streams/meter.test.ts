import { describe, expect, it } from 'vitest'
import { Meter } from './meter.ts'

describe('Meter', () => {
  it('counts bytes, and those of the last full second', () => {
    const meter = new Meter(0)
    for (let at = 0; at < 3000; at += 100) meter.sent(10, at)
    meter.sent(10, 3000)
    const { bytesOut, lastSecondOut, maxBitsOut, lastSentAt } = meter
    expect({ bytesOut, lastSecondOut, maxBitsOut, lastSentAt }).toEqual({
      bytesOut: 310,
      lastSecondOut: 100,
      maxBitsOut: 800,
      lastSentAt: 3000,
    })
  })

  it('forgets the last second after a pause, not the most there was', () => {
    const meter = new Meter(0)
    meter.sent(100, 500)
    meter.sent(1, 1500)
    meter.sent(1, 60_000)
    expect([meter.lastSecondOut, meter.maxBitsOut]).toEqual([0, 800])
  })

  it('counts connections by kind, their sum, and the most there were', () => {
    const meter = new Meter(0)
    const [first, second] = [meter.connected('webrtc', 1), meter.connected('webrtc', 2)]
    const third = meter.connected('llhls', 3)
    first()
    first()
    expect([
      meter.connections('webrtc'),
      meter.connections('llhls'),
      meter.connections('srt'),
      meter.total,
    ]).toEqual([1, 1, 0, 2])
    second()
    third()
    expect([meter.total, meter.maxConnections, meter.maxConnectionsAt]).toEqual([0, 3, 3])
  })
})
