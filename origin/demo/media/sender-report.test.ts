import { describe, expect, it } from 'vitest'
import { ArrivalClock } from './arrival-clock.ts'
import { asksForKeyFrame, ntpTime, senderReport } from './sender-report.ts'

describe('ntpTime', () => {
  it('counts seconds since 1900, and their fraction', () => {
    expect(ntpTime(0)).toBe(2_208_988_800n << 32n)
    expect(ntpTime(1500)).toBe((2_208_988_801n << 32n) | 0x80000000n)
  })
})

describe('senderReport', () => {
  it('is laid out as RFC 3550 says', () => {
    const report = senderReport(
      0x01020304,
      { kind: 'video', ntp: 0x1122334455667788n, timestamp: 0x0a0b0c0d },
      { packets: 2, bytes: 258 },
    )
    expect(report.toString('hex')).toBe(
      '80c80006' + '01020304' + '1122334455667788' + '0a0b0c0d' + '00000002' + '00000102',
    )
  })
})

describe('asksForKeyFrame', () => {
  const pli = '81ce000200000001' + '00000002'
  const receiverReport = '80c9000100000001'
  it.each([
    [pli, true],
    [receiverReport + pli, true],
    [receiverReport, false],
    ['81cd00020000000100000002', false],
    ['8fce00020000000100000002', false],
    ['', false],
    ['81ce', false],
  ])('%s: %s', (packet, expected) => {
    expect(asksForKeyFrame(Buffer.from(packet, 'hex'))).toBe(expected)
  })
})

describe('ArrivalClock', () => {
  it('knows nothing before the first packet', () => {
    expect(new ArrivalClock('video').at(1000)).toBeUndefined()
  })

  it('goes by the packets that travelled fastest', () => {
    const clock = new ArrivalClock('video')
    clock.note(90_000, 1050)
    clock.note(180_000, 2010)
    clock.note(270_000, 3080)
    expect(clock.at(4010)).toBe(360_000)
  })

  it('goes on when RTP time wraps', () => {
    const clock = new ArrivalClock('audio')
    clock.note(2 ** 32 - 48_000, 0)
    clock.note(48_000, 2000)
    expect(clock.at(2000)).toBe(48_000)
  })
})
