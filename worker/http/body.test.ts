import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { readBody } from './body.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

const LIMIT = 64 * 1024
const JSON_TYPE = { 'content-type': 'application/json' }

/** A body of so many bytes that never tells its length. */
function stream(bytes: number): { body: ReadableStream<Uint8Array>; read: () => number } {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(4096, bytes - sent)
      if (size <= 0) return controller.close()
      sent += size
      controller.enqueue(new Uint8Array(size).fill(32))
    },
  })
  return { body, read: () => sent }
}

const request = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://x.test', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

test('a body is read as it came', async () => {
  const bytes = new Uint8Array([0, 255, 10, 13])
  expect(await readBody(request(bytes), 4)).toEqual(bytes)
  expect(await readBody(request(bytes, { 'content-length': '4' }), 4)).toEqual(bytes)
  expect(await readBody(new Request('http://x.test', { method: 'POST' }), 4)).toEqual(new Uint8Array(0))
  expect(await readBody(request(stream(9000).body), 9000)).toEqual(new Uint8Array(9000).fill(32))
})

test('a body that says it is too long is not read', async () => {
  const long = request(stream(1_000_000).body, { 'content-length': '5' })
  expect(await readBody(long, 4)).toBeUndefined()
  expect(long.bodyUsed).toBe(false)
})

test('a body that turns out too long is read only so far', async () => {
  const { body, read } = stream(1_000_000)
  expect(await readBody(request(body), 8192)).toBeUndefined()
  expect(read()).toBeLessThanOrEqual(8192 + 2 * 4096)
})

test.each(['x', '1e3x', 'NaN'])('a length of %s is too long', async length => {
  expect(await readBody(request('ab', { 'content-length': length }), 4)).toBeUndefined()
})

const post = (body: BodyInit, headers: Record<string, string> = JSON_TYPE) =>
  ask(app, 'POST', '/api/rooms', { body, headers })

const padded = (bytes: number) => {
  const json = JSON.stringify({ title: 'x' })
  return json + ' '.repeat(bytes - json.length)
}

test('64 KiB are taken, a byte more is not', async () => {
  expect((await post(padded(LIMIT))).status).toBe(201)
  const { status, body } = await post(padded(LIMIT + 1))
  expect({ status, body }).toEqual({
    status: 413,
    body: {
      type: 'urn:sightline:problem:too_large',
      title: 'Too large',
      status: 413,
      code: 'too_large',
      detail: 'A request has at most 64 KiB.',
    },
  })
  expect(await rows(app, 'rooms')).toHaveLength(1)
})

const notJson = {
  type: 'urn:sightline:problem:not_json',
  title: 'The request is not valid',
  status: 400,
  code: 'not_json',
  detail: 'The body is not JSON.',
}

test.each<[string, BodyInit]>([
  ['nothing', ''],
  ['a form', 'title=x'],
  ['half an object', '{"title":"x"'],
  ['two objects', '{"title":"x"}{}'],
  ['a comma too many', '{"title":"x",}'],
  ['single quotes', "{'title':'x'}"],
  ['a byte order mark', '\ufeff{"title":"x"}'],
  ['no UTF-8', new Uint8Array([...new TextEncoder().encode('{"title":"'), 0xff, 0x22, 0x7d])],
  ['UTF-16', new Uint8Array([0x7b, 0, 0x7d, 0])],
  ['a depth that nobody means', '['.repeat(60_000)],
])('%s is not JSON', async (_, body) => {
  expect(await post(body)).toMatchObject({ status: 400, body: notJson })
})

test.each([
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json-seq',
  'text/json',
])('the content type %j is refused', async type => {
  const answer = await post('{"title":"x"}', type ? { 'content-type': type } : {})
  expect(answer).toMatchObject({
    status: 415,
    body: {
      type: 'urn:sightline:problem:not_json',
      title: 'Wrong content type',
      status: 415,
      code: 'not_json',
      detail: 'Send application/json.',
    },
  })
})

test.each([
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  ' application/json ;x=y',
])('the content type %j is taken', async type => {
  expect((await post('{"title":"x"}', { 'content-type': type })).status).toBe(201)
})
