import { expect, test } from 'vitest'
import { type Sound, turned } from './sound.ts'

test.each<[Sound, 1 | -1, Sound]>([
  [{ on: true, volume: 0.5 }, 1, { on: true, volume: 0.55 }],
  [{ on: true, volume: 0.5 }, -1, { on: true, volume: 0.45 }],
  [{ on: true, volume: 1 }, 1, { on: true, volume: 1 }],
  [{ on: true, volume: 0.02 }, -1, { on: true, volume: 0 }],
  [{ on: false, volume: 0.5 }, 1, { on: true, volume: 0.55 }],
  [{ on: false, volume: 0.5 }, -1, { on: false, volume: 0.45 }],
])('%o, %i', (sound, direction, next) => expect(turned(sound, direction)).toEqual(next))
