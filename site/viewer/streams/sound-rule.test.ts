import { expect, test } from 'vitest'
import { readSounds, soundOf, UNHEARD, withSound } from './sound-rule.ts'

test.each([
  [null, true, true, true],
  [null, true, false, false],
  [null, false, true, false],
  [null, false, false, false],
  [true, false, false, true],
  [true, true, true, true],
  [false, true, true, false],
] as const)('decided %s, large %s, page heard %s: sounds %s', (on, large, heard, sounds) => {
  expect(soundOf({ on, volume: 0.4 }, { large, heard })).toEqual({ on: sounds, volume: 0.4 })
})

test('what is remembered is read as far as it makes sense', () => {
  const stored = {
    '': { volume: 0.5, on: null },
    Camera: { volume: 0, on: true },
    loud: { volume: 2, on: true },
    silly: { volume: 'x' },
    none: null,
    odd: { volume: 1, on: 'yes' },
  }
  expect(readSounds(JSON.stringify(stored))).toEqual({
    '': { volume: 0.5, on: null },
    Camera: { volume: 0, on: true },
    odd: UNHEARD,
  })
  for (const text of [null, '', 'x', '[]', '1', 'null', '"a"']) expect(readSounds(text)).toEqual({})
})

test('the last 32 labels are kept', () => {
  let sounds = {}
  for (let i = 0; i < 40; i++) sounds = withSound(sounds, `s${i}`, UNHEARD)
  sounds = withSound(sounds, 's20', { volume: 0.2, on: false })
  expect([Object.keys(sounds).length, Object.keys(sounds)[0], readSounds(JSON.stringify(sounds))]).toEqual([
    32,
    's20',
    sounds,
  ])
  expect(Object.keys(sounds)).not.toContain('s0')
})
