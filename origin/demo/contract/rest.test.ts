import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CapturedRest, capturedAnswer, capturedRest } from '../testing/captures.ts'
import { Publisher } from '../testing/publisher.ts'
import { shapeOf } from '../testing/shape.ts'
import { Stage } from '../testing/stage.ts'

/** Every captured call to the API, made again: same status, same message, same keys. */

/** What this origin does not do: it says so as OME does of what it does not know. */
const NOT_HERE = /:(?:startRecord|stopRecord|records|sendEvent)$/
const NO_CONTROLLER = capturedAnswer('api-badpath').response

let stage: Stage
let publisher: Publisher
/** The streams of the captures that were live, and who published them. */
const BUILT_IN = ['test', 'live', 'realname', 'deltest', 'sdel']
beforeAll(async () => {
  stage = await Stage.open()
  for (const name of BUILT_IN) await stage.loop(name)
  publisher = await Publisher.create()
  await publisher.publish(stage.media, '/app/whip1?direction=whip')
  await stage.playable('whip1')
})
afterAll(async () => {
  publisher.close()
  await stage.close()
})

const send = async (capture: CapturedRest, authorization?: string) => {
  const { method, path, body } = capture.request
  const answer = await stage.api.send(method, path, {
    ...(authorization === undefined ? {} : { headers: { Authorization: authorization } }),
    ...(body === null ? {} : { body }),
  })
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> }
}
const call = (capture: CapturedRest) =>
  stage.call(capture.request.method, capture.request.path, capture.request.body ?? undefined)

/** Takes out what the OME of the captures bound and this origin does not: SRT, and recording to files. */
function withoutUnbound(app: Record<string, unknown>): void {
  const { providers, publishers } = app.response as Record<
    'providers' | 'publishers',
    Record<string, unknown>
  >
  delete providers.srt
  delete publishers.srt
  delete publishers.file
}

const unauthorized = ['api-unauthorized', 'api-badtoken']
const failures = capturedRest.filter(
  ({ name, request, response }) =>
    response.status !== 200 && !NOT_HERE.test(request.path) && !unauthorized.includes(name),
)
/** Failures about a stream that was live in another capture are asked about one that is not live here. */
const gone = (capture: CapturedRest): CapturedRest => {
  const text = JSON.stringify(capture).replace(/(streams\/|app\/)(test|deltest)\b/g, '$1notlive')
  return JSON.parse(text) as CapturedRest
}

describe('a call that fails', () => {
  it('without a token, and with a wrong one, is answered as captured', async () => {
    const [without, wrong] = unauthorized.map(capturedAnswer)
    expect(await send(without!)).toEqual(without!.response)
    expect(await send(wrong!, 'Basic bm90LWl0')).toEqual(wrong!.response)
    expect(await send(wrong!, 'Bearer ome-access-token')).toEqual(wrong!.response)
    expect(await send(wrong!, 'Basic ome-access-token')).toEqual(wrong!.response)
  })

  it.each(failures.map(gone).map(capture => [capture.name, capture]))(
    '%s is answered as captured',
    async (_, capture) => {
      expect(await call(capture)).toEqual(capture.response)
    },
  )

  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v2/version'],
    ['POST', '/v1/version'],
    ['POST', '/v1/vhosts'],
    ['GET', '/v1/vhosts/default/nope'],
    ['GET', '/v1/vhosts/default/apps/app/nope'],
    ['DELETE', '/v1/vhosts/default/apps/app'],
    ['GET', '/v1/vhosts/default/apps/app/streams/live/tracks'],
    ['GET', '/v1/stats/current'],
    ['DELETE', '/v1/stats/current/vhosts/default'],
    ['GET', '/v1/vhosts/default/apps/app/streams/%E0%A4%A'],
    ['PATCH', '/demo/loops/live'],
    ['GET', '/demo/streams/live/freeze'],
    ['POST', '/demo/streams/live/melt'],
  ])('%s %s has no controller', async (method, path) => {
    expect(await stage.call(method, path)).toEqual(NO_CONTROLLER)
  })

  it('names the virtual host that is not there', async () => {
    expect((await stage.call('GET', '/v1/vhosts/nope')).status).toBe(404)
    expect((await stage.call('GET', '/v1/stats/current/vhosts/nope/apps/app')).status).toBe(404)
  })
})

describe('a call that succeeds', () => {
  const recording = capturedRest.filter(capture => NOT_HERE.test(capture.request.path))
  it.each(recording.map(capture => [capture.name, capture]))(
    '%s is not for this origin',
    async (_, capture) => {
      expect(await call(capture)).toEqual(NO_CONTROLLER)
    },
  )

  const lists = capturedRest.filter(
    ({ request, response }) =>
      request.method === 'GET' && !NOT_HERE.test(request.path) && Array.isArray(response.body.response),
  )
  it.each(lists.map(capture => [capture.name, capture]))('%s is a list of names', async (_, capture) => {
    const answer = await call(capture)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ message: 'OK', statusCode: 200 })
    expect(shapeOf(answer.body.response)).toEqual(['string'])
  })

  const objects = capturedRest.filter(
    ({ request, response }) =>
      request.method === 'GET' && response.status === 200 && !Array.isArray(response.body.response),
  )
  it.each(objects.map(capture => [capture.name, capture]))(
    '%s has the captured keys and types',
    async (name, capture) => {
      const answer = await call(capture)
      const captured = structuredClone(capture.response.body)
      if (name === 'api-app') withoutUnbound(captured)
      expect(answer.status).toBe(200)
      expect(shapeOf(answer.body)).toEqual(shapeOf(captured))
    },
  )

  it('lists what is live, by the names that are hidden from players', async () => {
    expect(await stage.streams()).toEqual([...BUILT_IN, 'whip1'])
  })

  it('says where a publisher comes from', async () => {
    const { body } = await stage.call('GET', '/v1/vhosts/default/apps/app/streams/live')
    const { input } = body.response as { input: { sourceType: string; sourceUrl: string } }
    const opening = stage.plane.events().find(event => event.url.endsWith('/app/live'))!
    expect([input.sourceType, input.sourceUrl]).toEqual(['Rtmp', `TCP://127.0.0.1:${opening.port}`])
  })

  it('has no outputs until the stream is playable', async () => {
    const early = await Stage.open({ timings: { playableMs: 600 } })
    await early.loop('slow')
    const keys = async () => {
      const { body } = await early.call('GET', '/v1/vhosts/default/apps/app/streams/slow')
      return Object.keys(body.response as object)
    }
    expect(await keys()).toEqual(['input', 'name'])
    await early.playable('slow')
    expect(await keys()).toEqual(['input', 'name', 'outputs'])
    await early.close()
  })

  it('deletes a stream once', async () => {
    const path = '/v1/vhosts/default/apps/app/streams/sdel'
    expect(await stage.call('DELETE', path)).toEqual(capturedAnswer('api-stream-delete').response)
    expect((await stage.call('DELETE', path)).status).toBe(404)
  })
})

describe('what is not OME', () => {
  it('says that it is a demonstration', async () => {
    expect((await stage.call('GET', '/demo/loops')).body).toMatchObject({ demonstration: true })
  })

  it.each([
    ['PUT', '/demo/loops/live', undefined, 200],
    ['DELETE', '/demo/loops/none', undefined, 404],
    ['POST', '/demo/streams/none/freeze', undefined, 404],
    ['POST', '/demo/streams/none/thaw', undefined, 404],
    ['POST', '/demo/alerts', '', 400],
    ['POST', '/demo/alerts', '{', 400],
    ['POST', '/demo/alerts', '{"name":"live","codes":[]}', 400],
    ['POST', '/demo/alerts', '{"name":"live","codes":["INGRESS_NONSENSE"]}', 400],
    ['POST', '/demo/alerts', '{"name":"none","codes":["OK"]}', 404],
  ])('%s %s %s is %i', async (method, path, body, status) => {
    const answer = await stage.call(method, path, body)
    expect([answer.status, answer.body.demonstration]).toEqual([status, true])
  })

  it('needs the access token too', async () => {
    expect((await stage.api.send('PUT', '/demo/loops/stranger')).status).toBe(401)
    expect(await stage.streams()).not.toContain('stranger')
  })

  it('cannot send an alert to nowhere', async () => {
    const plain = await Stage.open({ alerts: false })
    await plain.loop('live')
    expect((await plain.call('POST', '/demo/alerts', { name: 'live', codes: ['OK'] })).status).toBe(409)
    await plain.close()
  })
})
