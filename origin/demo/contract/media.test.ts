import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pictureOrder } from '../testing/picture-order.ts'
import { Player, type ReceivedPacket } from '../testing/player.ts'
import { Stage } from '../testing/stage.ts'

/** What comes out of a real peer connection: H.264 and Opus, from a key frame on, without a seam where the loop closes. */
describe('media over the end of the loop', () => {
  let stage: Stage
  let player: Player
  beforeAll(async () => {
    // Frame 160 of 200: the seam is 1.6 s away.
    stage = await Stage.open({ firstFrame: 160 })
    await stage.loop('live')
    player = await Player.connect(`${stage.origin.publicUrl}/app/live`)
    await player.play()
    await player.until(() => frames(player.video).length >= 60 && player.audio.length >= 120)
  }, 20_000)
  afterAll(async () => {
    player.close()
    await stage.close()
  })

  /** The packets of each picture. */
  const frames = (packets: readonly ReceivedPacket[]) => {
    const ends = packets.flatMap((packet, i) => (packet.marker ? [i + 1] : []))
    return ends.map((end, i) => packets.slice(ends[i - 1] ?? 0, end))
  }
  const steps = (values: readonly number[], modulus: number) =>
    values.slice(1).map((value, i) => (value - values[i]! + modulus) % modulus)

  it('begins with a key frame', () => {
    const [first] = frames(player.video)
    // STAP-A with the parameter sets, then the fragments of an IDR slice.
    expect(first!.slice(0, 2).map(({ payload }) => payload[0]! & 31)).toEqual([24, 28])
    expect(first![1]!.payload[1]! & 0x9f).toBe(0x80 | 5)
  })

  it('has a key frame every five pictures, the seam included', () => {
    const keys = frames(player.video).map(([packet]) => ((packet!.payload[0]! & 31) === 24 ? 1 : 0))
    expect(keys).toEqual(keys.map((_, i) => (i % 5 === 0 ? 1 : 0)))
  })

  it('numbers its packets without a gap', () => {
    for (const packets of [player.video, player.audio]) {
      expect(
        new Set(
          steps(
            packets.map(packet => packet.sequence),
            2 ** 16,
          ),
        ),
      ).toEqual(new Set([1]))
    }
  })

  it('advances 40 ms a picture and 20 ms a packet of sound', () => {
    const video = frames(player.video).map(([packet]) => packet!.timestamp)
    expect(new Set(steps(video, 2 ** 32))).toEqual(new Set([3600]))
    expect(
      new Set(
        steps(
          player.audio.map(packet => packet.timestamp),
          2 ** 32,
        ),
      ),
    ).toEqual(new Set([960]))
  })

  it('sends the clip in order, its first picture after its last', () => {
    const order = pictureOrder(frames(player.video))
    expect(order[0]! % 5).toBe(0)
    expect(order).toContain(199)
    expect(order).toEqual(order.map((_, i) => (order[0]! + i) % 200))
  })

  it('counts what it sends', async () => {
    const { body } = await stage.call('GET', '/v1/stats/current/vhosts/default/apps/app/streams/live')
    const response = body.response as { connections: Record<string, number>; totalBytesOut: number }
    const received = player.video.reduce((sum, packet) => sum + packet.payload.length, 0)
    expect(response.connections).toMatchObject({ webrtc: 1, llhls: 0 })
    expect(response.totalBytesOut).toBeGreaterThan(received)
  })
})
