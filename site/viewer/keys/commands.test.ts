import { expect, test } from 'vitest'
import { type Command, commandOf, type KeyGroup, type Press } from './commands.ts'

const press: Press = { key: '', ctrlKey: false, metaKey: false, altKey: false, repeat: false, typing: false }
const of = (change: Partial<Press>, ...off: KeyGroup[]) => commandOf({ ...press, ...change }, new Set(off))

test.each<[string, Command]>([
  ['m', 'sound'],
  ['M', 'sound'],
  ['ArrowUp', 'louder'],
  ['ArrowDown', 'softer'],
  ['n', 'note'],
  ['d', 'draw'],
  ['p', 'point'],
  ['s', 'still'],
  ['w', 'scopes'],
  ['z', 'scale'],
  ['g', 'grid'],
  ['1', 'large-1'],
  ['9', 'large-9'],
  ['h', 'hand'],
  ['c', 'panel'],
  ['y', 'admit'],
  ['f', 'full'],
  ['Escape', 'leave'],
  ['?', 'help'],
])('%s: %s', (key, command) => {
  expect(of({ key })).toBe(command)
  expect(of({ key, typing: true })).toBeNull()
  expect(of({ key, ctrlKey: true })).toBeNull()
  expect(of({ key, metaKey: true })).toBeNull()
  expect(of({ key, altKey: true })).toBeNull()
})

test.each(['a', '0', 'Enter', ' ', 'Tab', 'F5', 'constructor', ''])('%j is not ours', key =>
  expect(of({ key })).toBeNull(),
)

test('a key that is off does nothing, the others go on', () => {
  expect(of({ key: 'm' }, 'sound')).toBeNull()
  expect([of({ key: 'ArrowUp' }, 'volume'), of({ key: 'ArrowDown' }, 'volume')]).toEqual([null, null])
  expect(of({ key: 'f' }, 'sound', 'volume')).toBe('full')
})

test('only the volume repeats while a key is held down', () => {
  expect(of({ key: 'm', repeat: true })).toBeNull()
  expect(of({ key: 'f', repeat: true })).toBeNull()
  expect(of({ key: 'ArrowUp', repeat: true })).toBe('louder')
})
