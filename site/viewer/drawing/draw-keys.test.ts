import { expect, test } from 'vitest'
import { type DrawKey, drawKeyOf } from './draw-keys.ts'

const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test.each<[object, DrawKey | null]>([
  [{ key: 'b' }, { tool: 'pen' }],
  [{ key: 'B', shiftKey: true }, { tool: 'pen' }],
  [{ key: 'a' }, { tool: 'arrow' }],
  [{ key: 'r' }, { tool: 'rectangle' }],
  [{ key: 'e' }, { tool: 'ellipse' }],
  [{ key: '1' }, { ink: 'red' }],
  [{ key: '6' }, { ink: 'pink' }],
  [{ key: 'z', ctrlKey: true }, 'undo'],
  [{ key: 'Z', metaKey: true }, 'undo'],
  [{ key: 'Delete' }, 'clear'],
  [{ key: 'Backspace' }, 'clear'],
  [{ key: 'z' }, null],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, null],
  [{ key: 'a', ctrlKey: true }, null],
  [{ key: 'r', metaKey: true }, null],
  [{ key: 'e', altKey: true }, null],
  [{ key: '1', ctrlKey: true }, null],
  [{ key: '0' }, null],
  [{ key: '7' }, null],
  [{ key: 'constructor' }, null],
  [{ key: 'Escape' }, null],
  [{ key: 'm' }, null],
])('%j', (change, key) => {
  expect(drawKeyOf({ ...press, ...change } as KeyboardEvent)).toEqual(key)
})
