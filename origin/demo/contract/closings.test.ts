import { describe, expect, it } from 'vitest'
import { HttpClient } from '../testing/http-client.ts'
import { Player } from '../testing/player.ts'
import { Publisher } from '../testing/publisher.ts'
import { Stage } from '../testing/stage.ts'

/** When an encoder's closing comes, beyond the captured answers: what was written down of the real OME. */

const rtmp = (key: string) => `rtmp://127.0.0.1:1935/app/${key}`

describe('an RTMP stream', () => {
  it('deleted through the API has two closings, and its encoder comes back', async () => {
    const stage = await Stage.open({ timings: { retryMs: 30 } })
    await stage.loop('deltest')
    await stage.call('DELETE', '/v1/vhosts/default/apps/app/streams/deltest')
    const events = await stage.plane.count(4)
    const [opening] = events
    const closing = {
      status: 'closing',
      protocol: 'RTMP',
      url: rtmp('deltest'),
      newUrl: rtmp('deltest'),
      port: opening!.port,
    }
    expect(events.slice(1, 3)).toEqual([closing, closing])
    expect(events[3]).toMatchObject({ status: 'opening' })
    expect(events[3]!.port).not.toBe(opening!.port)
    await stage.settle()
    expect(await stage.streams()).toEqual(['deltest'])
    await stage.close()
  })

  it('has a second publisher refused, whose closing names the first one', async () => {
    const stage = await Stage.open()
    const hidden = rtmp('hidden')
    stage.plane.answer = () => ({ body: JSON.stringify({ allowed: true, new_url: hidden }) })
    await stage.loop('first')
    await stage.call('PUT', '/demo/loops/second')
    const [, second, closing] = await stage.plane.count(3)
    expect(second).toMatchObject({ status: 'opening', url: rtmp('second') })
    expect(closing).toEqual({
      status: 'closing',
      protocol: 'RTMP',
      url: rtmp('first'),
      newUrl: hidden,
      port: second!.port,
    })
    expect(await stage.streams()).toEqual(['hidden'])
    await stage.close()
  })

  it('stopped before it was answered is closed and never live', async () => {
    const stage = await Stage.open()
    stage.plane.answer = () => ({ body: '{"allowed":true}', delayMs: 50 })
    await stage.call('PUT', '/demo/loops/key')
    await stage.call('DELETE', '/demo/loops/key')
    const events = await stage.plane.count(2)
    expect(events.map(event => event.status)).toEqual(['opening', 'closing'])
    expect(await stage.streams()).toEqual([])
    await stage.close()
  })
})

describe('a frozen publisher', () => {
  const received = async (stage: Stage) => {
    const { body } = await stage.call('GET', '/v1/stats/current/vhosts/default/apps/app/streams/key')
    const { lastRecvTime, totalBytesIn } = body.response as { lastRecvTime: string; totalBytesIn: number }
    return { lastRecvTime, totalBytesIn }
  }

  it('stays listed and sends nothing until it thaws', async () => {
    const stage = await Stage.open()
    await stage.loop('key')
    const player = await Player.connect(`${stage.origin.publicUrl}/app/key`)
    await player.play()
    // A stream that is not frozen, to tell the time by.
    await stage.loop('other')
    const other = await Player.connect(`${stage.origin.publicUrl}/app/other`)
    await other.play()
    await stage.call('POST', '/demo/streams/key/freeze')
    const before = await received(stage)
    const [packets, pictures] = [player.video.length, other.video.length]
    await other.until(() => other.video.length >= pictures + 10)
    expect(await received(stage)).toEqual(before)
    expect(await stage.streams()).toEqual(['key', 'other'])
    // What was on its way may have come.
    expect(player.video.length - packets).toBeLessThanOrEqual(2)
    await stage.call('POST', '/demo/streams/key/thaw')
    await player.until(() => player.video.length > packets + 10)
    expect((await received(stage)).lastRecvTime > before.lastRecvTime).toBe(true)
    player.close()
    other.close()
    await stage.close()
  })

  it('keeps its encoder out, which notices and tries again, until the stream is deleted', async () => {
    const stage = await Stage.open({ timings: { retryMs: 30 } })
    await stage.loop('key')
    await stage.call('POST', '/demo/streams/key/freeze', { reconnect: true })
    const tries = await stage.plane.until(all => all.filter(event => event.status === 'closing').length >= 2)
    const [first] = tries
    // Refused beside the frozen one, each from its own port; the frozen one itself has not been closed.
    expect(tries.some(event => event.status === 'closing' && event.port === first!.port)).toBe(false)
    await stage.call('DELETE', '/v1/vhosts/default/apps/app/streams/key')
    const frozenClosings = await stage.plane.until(
      all => all.filter(event => event.status === 'closing' && event.port === first!.port).length === 2,
    )
    const tried = frozenClosings.length
    await stage.plane.until(all => all.slice(tried).some(event => event.status === 'opening'))
    await stage.settle()
    expect(await stage.streams()).toEqual(['key'])
    expect((await stage.call('GET', '/demo/loops')).body.loops).toEqual([{ key: 'key', state: 'live' }])
    await stage.close()
  })
})

describe('an origin that is stopped', () => {
  it('closes encoders, players and LL-HLS sessions once each, and no WHIP session', async () => {
    const stage = await Stage.open()
    await stage.loop('live')
    const publisher = await Publisher.create()
    await publisher.publish(stage.media, '/app/cam?direction=whip')
    const player = await Player.connect(`${stage.origin.publicUrl}/app/live`)
    await player.play()
    const viewer = new HttpClient(`http://127.0.0.1:${stage.origin.mediaPort}`)
    await viewer.get('/app/live/llhls.m3u8')
    stage.plane.forget()
    await stage.closeOrigin()
    expect(
      stage.plane
        .events()
        .map(event => [event.protocol, event.status])
        .sort(),
    ).toEqual([
      ['LLHLS', 'closing'],
      ['RTMP', 'closing'],
      ['WebRTC', 'closing'],
    ])
    expect(await player.closed).toBe(1006)
    viewer.close()
    publisher.close()
    player.close()
    await stage.close()
  })
})
