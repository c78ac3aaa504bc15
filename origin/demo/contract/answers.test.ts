import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CapturedCall, capturedCall, capturedCalls } from '../testing/captures.ts'
import { Stage } from '../testing/stage.ts'

/**
 * What OME makes of an answer: every captured answer to an RTMP publisher is given to the built-in encoder, and must
 * lead to what was captured: live under some name and one closing when it stops, or refused and one closing at once.
 */

const REFUSED = undefined
/** The name each captured publisher was live under. */
const LIVE_AS: Readonly<Record<string, string | undefined>> = {
  '001': 'test',
  '014': REFUSED,
  '017': 'realname',
  '019': 'realname2',
  '021': 'realname3',
  // A relative new_url is ignored: live under the name that was asked for.
  '023': 'variant',
  '025': 'variant',
  // An unknown application, and no stream.
  '027': REFUSED,
  '029': REFUSED,
  '031': 'life',
  '033': 'resp-lifetime-string',
  '035': 'resp-lifetime-float',
  '037': 'resp-lifetime-negative',
  '039': REFUSED,
  '041': REFUSED,
  '043': REFUSED,
  '045': REFUSED,
  '047': REFUSED,
  '049': REFUSED,
  '051': REFUSED,
  '053': 'resp-reason-allowed',
  '055': 'resp-slow2500',
  '057': REFUSED,
  '059': 'deltest',
  '087': 'live',
  '140': 'signed',
}
/** Captured delays and lifetimes are replayed this many times faster. */
const FASTER = 4

interface Asked {
  readonly client: { readonly port: number }
  readonly request: {
    readonly protocol: string
    readonly status: string
    readonly url: string
    readonly new_url?: string
  }
}
const asked = (call: CapturedCall) => JSON.parse(call.body) as Asked
const openings = capturedCalls.filter(call => /incoming-RTMP-opening$/.test(call.name))

/** The captured closing of a captured opening: same client port, next in time. */
function closingOf(opening: CapturedCall): Asked['request'] {
  const { port } = asked(opening).client
  const after = capturedCalls.slice(capturedCalls.indexOf(opening) + 1)
  const closing = after.find(call => call.name.endsWith('RTMP-closing') && asked(call).client.port === port)
  if (!closing) throw new Error(`${opening.name} has no closing`)
  return asked(closing).request
}

describe('every captured answer to an RTMP publisher', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await Stage.open({ timeoutMs: 3000 / FASTER })
  })
  afterEach(() => stage.close())

  it('is in the table', () => {
    expect(openings.map(call => call.name.slice(0, 3))).toEqual(Object.keys(LIVE_AS).sort())
  })

  // 087 was still live when the capture ended: it has no closing to compare.
  const closed = openings.filter(call => !call.name.startsWith('087'))
  it.each(closed.map(call => [call.name, call]))('%s', async (name, call) => {
    const { url } = asked(call).request
    const key = url.slice('rtmp://127.0.0.1:1935/app/'.length)
    const body = call.answered.body.replace(/"lifetime":4000/, `"lifetime":${4000 / FASTER}`)
    const { status, delay_ms: delay } = call.answered
    stage.plane.answer = () => ({ status, body, delayMs: delay / FASTER })
    await stage.call('PUT', `/demo/loops/${key}`)
    const expected = LIVE_AS[name.slice(0, 3)]
    if (expected !== REFUSED) {
      await stage.plane.count(1)
      await stage.settle()
      expect(await stage.streams()).toEqual([expected])
      const ends = /"lifetime":\d{2,}[},]/.test(body)
      if (!ends) await stage.stopLoop(key)
    }
    await stage.plane.until(all => all.some(event => event.status === 'closing'))
    expect(await stage.streams()).toEqual([])
    const events = stage.plane.events()
    const port = events[0]!.port
    expect(events).toEqual([
      { status: 'opening', protocol: 'RTMP', url, port },
      { status: 'closing', protocol: 'RTMP', url, newUrl: closingOf(call).new_url, port },
    ])
  })
})

describe('an encoder that is refused', () => {
  it('tries again, each time from another port', async () => {
    const stage = await Stage.open({ timings: { retryMs: 20 } })
    const { answered } = capturedCall('014')
    stage.plane.answer = () => answered
    await stage.call('PUT', '/demo/loops/denied?key=abc&x=1')
    const events = await stage.plane.count(6)
    expect(events.slice(0, 6).map(event => event.status)).toEqual([
      'opening',
      'closing',
      'opening',
      'closing',
      'opening',
      'closing',
    ])
    expect(new Set(events.slice(0, 6).map(event => event.port)).size).toBe(3)
    await stage.close()
  })

  it('gets in when the control plane changes its mind', async () => {
    const stage = await Stage.open({ timings: { retryMs: 20 } })
    let refusals = 2
    stage.plane.answer = () => ({ body: JSON.stringify({ allowed: refusals-- <= 0 }) })
    await stage.call('PUT', '/demo/loops/key')
    await stage.plane.until(all => all.filter(event => event.status === 'opening').length === 3)
    await stage.settle()
    expect(await stage.streams()).toEqual(['key'])
    await stage.close()
  })
})

describe('a control plane that is not there', () => {
  it('admits nobody', async () => {
    const stage = await Stage.open({ controlUrl: 'http://127.0.0.1:1/admission' })
    await stage.call('PUT', '/demo/loops/key')
    // The opening, and the closing that follows a refusal.
    await stage.called(2)
    expect(await stage.streams()).toEqual([])
    await stage.close()
  })
})
