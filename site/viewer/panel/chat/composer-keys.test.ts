import { expect, test } from 'vitest'
import { type Around, type Key, keyIn, type Press } from './composer-keys.ts'

const press: Press = {
  key: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
}
const around: Around = { options: 0, chosen: null, modal: false }

test.each<[string, Partial<Press>, Partial<Around>, Key]>([
  ['Enter sends', { key: 'Enter' }, {}, { do: 'send' }],
  ['also while suggestions are shown', { key: 'Enter' }, { options: 3 }, { do: 'send' }],
  ['but takes the one gone to', { key: 'Enter' }, { options: 3, chosen: 2 }, { do: 'take', option: 2 }],
  ['Ctrl Enter', { key: 'Enter', ctrlKey: true }, { options: 3, chosen: 2 }, { do: 'newline' }],
  ['⌘ Enter', { key: 'Enter', metaKey: true }, {}, { do: 'newline' }],
  ['Tab takes the first', { key: 'Tab' }, { options: 3 }, { do: 'take', option: 0 }],
  ['or the one gone to', { key: 'Tab' }, { options: 3, chosen: 1 }, { do: 'take', option: 1 }],
  ['down', { key: 'ArrowDown' }, { options: 3 }, { do: 'choose', option: 1 }],
  ['down, only one', { key: 'ArrowDown' }, { options: 1 }, { do: 'choose', option: 0 }],
  ['down, round', { key: 'ArrowDown' }, { options: 3, chosen: 2 }, { do: 'choose', option: 0 }],
  ['up, round', { key: 'ArrowUp' }, { options: 3 }, { do: 'choose', option: 2 }],
  ['up', { key: 'ArrowUp' }, { options: 3, chosen: 2 }, { do: 'choose', option: 1 }],
  ['Esc puts suggestions away first', { key: 'Escape' }, { options: 3, modal: true }, { do: 'dismiss' }],
  ['then what is special', { key: 'Escape' }, { modal: true }, { do: 'leave' }],
])('%s', (_, pressed, now, key) =>
  expect(keyIn({ ...press, ...pressed }, { ...around, ...now })).toEqual(key),
)

test.each<[string, Partial<Press>, Partial<Around>]>([
  ['Shift Enter', { key: 'Enter', shiftKey: true }, {}],
  ['Alt Enter', { key: 'Enter', altKey: true }, {}],
  ['Enter of an input method', { key: 'Enter', isComposing: true }, {}],
  ['Enter of an input method that does not say so', { key: 'Enter', keyCode: 229 }, {}],
  ['Esc of an input method', { key: 'Escape', isComposing: true }, { modal: true }],
  ['Tab without suggestions', { key: 'Tab' }, {}],
  ['Shift Tab', { key: 'Tab', shiftKey: true }, { options: 3 }],
  ['arrows without suggestions', { key: 'ArrowUp' }, {}],
  ['Shift and an arrow', { key: 'ArrowDown', shiftKey: true }, { options: 3 }],
  ['Ctrl and an arrow', { key: 'ArrowUp', ctrlKey: true }, { options: 3 }],
  ['Esc with nothing to leave: the panel’s', { key: 'Escape' }, {}],
  ['a letter', { key: 'a' }, { options: 3, chosen: 1, modal: true }],
])('%s does what it always does', (_, pressed, now) =>
  expect(keyIn({ ...press, ...pressed }, { ...around, ...now })).toBeNull(),
)
