import { describe, expect, it } from 'vitest'
import { paramsOf } from './params.ts'

describe('a request body as parameters', () => {
  it('keeps plain values, flattens objects and leaves out what is absent', () => {
    expect(
      paramsOf({
        title: 'Grade',
        maxViewers: 3,
        askName: false,
        description: null,
        absent: undefined,
        permissions: ['message', 'annotate'],
        policy: { door: { knock: true } },
      }),
    ).toEqual({
      title: 'Grade',
      maxViewers: 3,
      askName: false,
      description: null,
      permissions: ['message', 'annotate'],
      'policy.door.knock': true,
    })
  })

  it('tells times as people read them', () => {
    expect(paramsOf({ startsAt: 1_795_262_400_000, until: 0, at: 9e15, endsAt: null, format: 5 })).toEqual({
      startsAt: '2026-11-21T12:00:00.000Z',
      until: '1970-01-01T00:00:00.000Z',
      at: 9e15,
      endsAt: null,
      format: 5,
    })
  })

  it.each(['secret', 'pin', 'token', 'key', 'password', 'response', 'clientSecret', 'newPassword', 'apiKey'])(
    'tells of %s only whether it was set or cleared, wherever it stands',
    name => {
      const value = 'do not keep me'
      for (const given of [value, 0, { inner: value }, [value], true])
        expect(paramsOf({ [name]: given })).toEqual({ [name]: 'set' })
      for (const given of [null, '']) expect(paramsOf({ [name]: given })).toEqual({ [name]: 'cleared' })
      const kept = JSON.stringify(
        paramsOf({ a: { b: { c: { d: { [name]: value } } } }, list: [{ x: { [name]: value } }, [value]] }),
      )
      expect(kept).not.toContain(value)
    },
  )

  it('is not mistaken about words that only end alike', () => {
    expect(paramsOf({ spin: 'fast', monkey: 'tame', tokens: 3 })).toEqual({
      spin: 'fast',
      monkey: 'tame',
      tokens: 3,
    })
  })

  it('shortens long texts and lists', () => {
    expect(paramsOf({ text: 'x'.repeat(201), list: Array.from({ length: 22 }, (_, i) => `${i}`) })).toEqual({
      text: `${'x'.repeat(199)}…`,
      list: [...Array.from({ length: 20 }, (_, i) => `${i}`), '… and 2 more'],
    })
  })

  it.each([[undefined], [null], ['text'], [5], [['a']]])('of %j has none', body => {
    expect(paramsOf(body)).toEqual({})
  })
})
