import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { capturedCall, capturedTranscript } from '../testing/captures.ts'
import { Player } from '../testing/player.ts'
import { shapeOf } from '../testing/shape.ts'
import { Stage } from '../testing/stage.ts'

/** Playing over WebRTC: our conversations beside the captured ones, and what the control plane hears of them. */

let stage: Stage
let player: Player | undefined
beforeEach(async () => {
  stage = await Stage.open()
  await stage.loop('live')
  stage.plane.forget()
})
afterEach(async () => {
  player?.close()
  player = undefined
  await stage.close()
})

const open = async (path: string) => {
  player = await Player.connect(`${stage.origin.publicUrl}${path}`)
  return player
}
/** What a real OME said in a captured conversation. */
const said = (name: string) =>
  capturedTranscript(name)
    .log.filter(entry => entry.dir === 'recv')
    .map(entry => entry.m!)
const answers = (name: string, replace: (body: string) => string = body => body) => {
  const { answered } = capturedCall(name)
  stage.plane.answer = () => ({ status: answered.status, body: replace(answered.body) })
}
const here = (path: string) => `${stage.origin.publicUrl}${path}`
/** OME's new_url names OME's port; ours is another. */
const onOurPort = (body: string) => body.replace(':3333', `:${stage.origin.mediaPort}`)

describe('a player that is admitted', () => {
  it('hears what was captured, in order and shape', async () => {
    const { messages, play } = await open('/app/live?policy=abc').then(it => ({
      messages: it.messages,
      play: () => it.play(),
    }))
    await play()
    const captured = said('ws-play')
    expect(messages.map(shapeOf)).toEqual(captured.map(shapeOf))
    expect(messages.map(message => [message.command, message.type])).toEqual(
      captured.map(message => [message.command, message.type]),
    )
    expect(messages[2]).toEqual(captured[2])
  })

  it('gets an offer that says what the captured one says', async () => {
    const offer = await (await open('/app/live')).ask()
    const facts = (sdp: string) =>
      sdp
        .split('\r\n')
        .filter(line => /^(?:m=|a=(?:rtpmap|sendonly|setup|rtcp-mux|candidate))/.test(line))
        .map(line => line.toLowerCase())
        .sort()
    const [captured] = said('ws-play') as { sdp: { sdp: string } }[]
    const sdp = (offer.sdp as { sdp: string }).sdp
    expect(facts(sdp).map(fact => fact.replace(/^m=(\w+) \d+/, 'm=$1'))).toEqual(
      facts(captured!.sdp.sdp).map(fact => fact.replace(/^m=(\w+) \d+/, 'm=$1')),
    )
    expect(sdp).toContain('packetization-mode=1')
    expect(offer).toMatchObject({ code: 200, command: 'offer', peer_id: 0 })
  })

  it('is asked for once and closed once when it says stop', async () => {
    const player = await open('/app/live?policy=abc')
    const { id } = await player.play()
    player.send({ id, peer_id: 0, command: 'stop' })
    const [opening, closing] = await stage.plane.count(2)
    const url = here('/app/live?policy=abc')
    expect(opening).toEqual({ status: 'opening', protocol: 'WebRTC', url, port: opening!.port })
    expect(closing).toEqual({ status: 'closing', protocol: 'WebRTC', url, newUrl: url, port: opening!.port })
    player.close()
    await player.closed
    await stage.settle()
    expect(stage.plane.events()).toHaveLength(2)
  })

  it('is closed once when its socket closes without a word', async () => {
    const player = await open('/app/live')
    await player.play()
    player.close()
    const events = await stage.plane.count(2)
    expect(events.map(event => event.status)).toEqual(['opening', 'closing'])
  })

  it('names the playlist it wants without that being part of the stream', async () => {
    const player = await open('/app/live/master?x=1')
    expect(await player.ask()).toMatchObject({ code: 200 })
    expect(stage.plane.events()[0]!.url).toBe(here('/app/live/master?x=1'))
  })

  it('ignores messages that are none of the four commands', async () => {
    const player = await open('/app/live')
    for (const noise of [
      '',
      'not json',
      '[]',
      '{"command":"answer"}',
      '{"command":"stop"}',
      '{"command":"dance","id":1}',
    ]) {
      player.send(noise)
    }
    expect(await player.ask()).toMatchObject({ code: 200 })
  })

  it('cannot answer for somebody else', async () => {
    const player = await open('/app/live')
    const offer = await player.ask()
    player.send({ id: (offer.id as number) + 1, peer_id: 0, command: 'stop' })
    await player.accept(offer)
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
  })

  it('may send candidates nobody can use', async () => {
    const player = await open('/app/live')
    const offer = await player.ask()
    const candidates = ['', 'nonsense', 'candidate:', 'candidate:1 1 udp 1 8f2c.local 5 typ host'].map(
      candidate => ({ candidate }),
    )
    player.send({ id: offer.id, peer_id: 0, command: 'candidate', candidates })
    await player.accept(offer)
    player.send({ id: offer.id, peer_id: 0, command: 'candidate', candidates })
    await player.until(() => player.video.length > 0)
  })

  it('loses its session over an answer that is none', async () => {
    const player = await open('/app/live')
    const { id } = await player.ask()
    player.send({ id, peer_id: 0, command: 'answer', sdp: { type: 'answer', sdp: 'nonsense' } })
    expect((await stage.plane.count(2))[1]).toMatchObject({ status: 'closing' })
  })
})

describe('a player that gets nothing', () => {
  const REFUSAL = said('ws-denied')[0]

  it('hears the same when refused, when nothing is live, and in an unknown application', async () => {
    expect([said('ws-notfound'), said('ws-nosuchapp')]).toEqual([[REFUSAL], [REFUSAL]])
    answers('088')
    const refused = await (await open('/app/live')).ask()
    answers('095')
    const notLive = await (await open('/app/nosuch')).ask()
    const nowhere = await (await open('/nosuchapp/nosuch')).ask()
    expect([refused, notLive, nowhere]).toEqual([REFUSAL, REFUSAL, REFUSAL])
    await stage.settle()
    expect(stage.plane.events().map(event => [event.status, event.url])).toEqual([
      ['opening', here('/app/live')],
      ['opening', here('/app/nosuch')],
      ['opening', here('/nosuchapp/nosuch')],
    ])
  })

  it('keeps its socket and may ask again', async () => {
    answers('088')
    const player = await open('/app/live')
    expect(await player.ask()).toEqual(REFUSAL)
    stage.plane.answer = () => ({ body: '{"allowed":true}' })
    expect(await player.ask()).toMatchObject({ command: 'offer' })
  })

  it('is told so before the stream is playable', async () => {
    const early = await Stage.open({ timings: { playableMs: 60_000 } })
    await early.loop('live')
    player = await Player.connect(`${early.origin.publicUrl}/app/live`)
    expect(await player.ask()).toEqual(REFUSAL)
    expect(await early.streams()).toEqual(['live'])
    await early.close()
  })

  it('is told so without anybody being asked when it wants to publish over the socket', async () => {
    expect(await (await open('/app/live?direction=send')).ask()).toEqual(REFUSAL)
    expect(stage.plane.events()).toEqual([])
  })

  it.each([
    ['another scheme', () => `http://127.0.0.1:${stage.origin.mediaPort}/app/live`],
    ['another port', () => 'ws://127.0.0.1:1/app/live'],
    ['another file', () => `${stage.origin.publicUrl}/app/live/other`],
    ['no stream', () => `${stage.origin.publicUrl}/app`],
    ['an unknown application', () => `${stage.origin.publicUrl}/nosuchapp/live`],
  ])('is refused when new_url has %s', async (_, newUrl) => {
    stage.plane.answer = () => ({ body: JSON.stringify({ allowed: true, new_url: newUrl() }) })
    expect(await (await open('/app/live')).ask()).toEqual(REFUSAL)
  })
})

describe('new_url', () => {
  it('leads to the stream it names; both names are in the closing', async () => {
    answers('089', onOurPort)
    const player = await open('/app/viewertoken123?x=1')
    await player.play()
    player.close()
    const [, closing] = await stage.plane.count(2)
    expect(closing).toMatchObject({ url: here('/app/viewertoken123?x=1'), newUrl: here('/app/live') })
  })

  it('may leave the port out and change the host', async () => {
    stage.plane.answer = () => ({ body: '{"allowed":true,"new_url":"ws://other.example/app/live"}' })
    expect(await (await open('/app/token')).ask()).toMatchObject({ code: 200 })
  })

  it('is ignored when relative: the client gets what it asked for', async () => {
    stage.plane.answer = () => ({ body: '{"allowed":true,"new_url":"/app/nosuch"}' })
    expect(await (await open('/app/live')).ask()).toMatchObject({ code: 200 })
  })
})

describe('the end of a session', () => {
  it('comes with its lifetime: cut without a close frame, and one closing', async () => {
    answers('091', body => body.replace('3000', '300'))
    const player = await open('/app/live')
    const began = performance.now()
    await player.ask()
    expect(await player.closed).toBe(1006)
    expect(performance.now() - began).toBeGreaterThanOrEqual(295)
    const events = await stage.plane.count(2)
    expect(events.map(event => event.status)).toEqual(['opening', 'closing'])
  })

  it.each(['"300"', '300.5', '-300', '0'])('does not come with a lifetime of %s', async lifetime => {
    stage.plane.answer = () => ({ body: `{"allowed":true,"lifetime":${lifetime}}` })
    const player = await open('/app/live')
    await player.play()
    const seen = player.video.length
    // More than 300 ms of picture: 25 frames a second.
    await player.until(
      () => player.video.filter(packet => packet.marker).length > 10 && player.video.length > seen,
    )
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
  })

  it('comes with the end of the stream, in the same way', async () => {
    const player = await open('/app/live')
    await player.play()
    await stage.stopLoop('live')
    expect(await player.closed).toBe(1006)
    const events = await stage.plane.until(
      all => all.filter(event => event.status === 'closing').length === 2,
    )
    expect(events.map(event => [event.protocol, event.status]).sort()).toEqual([
      ['RTMP', 'closing'],
      ['WebRTC', 'closing'],
      ['WebRTC', 'opening'],
    ])
  })
})
