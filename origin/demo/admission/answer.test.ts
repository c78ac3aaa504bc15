import { describe, expect, it } from 'vitest'
import { readAnswer } from './answer.ts'

describe('readAnswer', () => {
  it.each([
    ['{"allowed":true}', { allowed: true }],
    ['{"allowed":true,"reason":"fine"}', { allowed: true }],
    ['{"allowed":true,"lifetime":1}', { allowed: true, lifetimeMs: 1 }],
    ['{"allowed":true,"new_url":"x","lifetime":4000}', { allowed: true, newUrl: 'x', lifetimeMs: 4000 }],
  ])('admits %s', (body, expected) => {
    expect(readAnswer(200, body)).toEqual(expected)
  })

  it.each(['0', '-5', '1000.5', '"1000"', 'null', 'true', '[1]', '1e400'])(
    'takes a lifetime of %s for none',
    lifetime => {
      expect(readAnswer(200, `{"allowed":true,"lifetime":${lifetime}}`)).toEqual({ allowed: true })
    },
  )

  it.each(['""', 'null', '5', '{}'])('takes a new_url of %s for none', newUrl => {
    expect(readAnswer(200, `{"allowed":true,"new_url":${newUrl}}`)).toEqual({ allowed: true })
  })

  it.each([
    ['', 'not a JSON object'],
    ['not json', 'not a JSON object'],
    ['true', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['{}', 'not allowed'],
    ['[]', 'not allowed'],
    ['{"allowed":"true"}', 'not allowed'],
    ['{"allowed":1}', 'not allowed'],
    ['{"allowed":null}', 'not allowed'],
    ['{"Allowed":true}', 'not allowed'],
    ['{"allowed":false,"reason":"no such key"}', 'no such key'],
    ['{"allowed":false,"reason":5}', 'not allowed'],
  ])('refuses %s', (body, reason) => {
    expect(readAnswer(200, body)).toEqual({ allowed: false, reason })
  })

  it.each([201, 204, 301, 400, 401, 403, 404, 500, 503])('refuses status %i whatever it says', status => {
    expect(readAnswer(status, '{"allowed":true}')).toEqual({ allowed: false, reason: `status ${status}` })
  })
})
