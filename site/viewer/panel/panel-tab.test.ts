import { expect, test } from 'vitest'
import { type ListedTab, tabAfter } from './panel-tab.ts'

test.each<[ListedTab, string, ListedTab | null]>([
  ['chat', 'ArrowRight', 'people'],
  ['people', 'ArrowRight', 'notes'],
  ['notes', 'ArrowRight', 'chat'],
  ['chat', 'ArrowLeft', 'notes'],
  ['people', 'ArrowLeft', 'chat'],
  ['people', 'Home', 'chat'],
  ['chat', 'End', 'notes'],
  ['chat', 'ArrowDown', null],
  ['chat', 'c', null],
  ['chat', 'constructor', null],
])('on %s, %s leads to %s', (tab, key, to) => expect(tabAfter(tab, key)).toBe(to))
