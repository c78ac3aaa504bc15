import { expect, test } from 'vitest'
import { type PanelTab, tabAfter } from './panel-tab.ts'

test.each<[PanelTab, string, PanelTab | null]>([
  ['chat', 'ArrowRight', 'people'],
  ['people', 'ArrowRight', 'chat'],
  ['chat', 'ArrowLeft', 'people'],
  ['people', 'ArrowLeft', 'chat'],
  ['people', 'Home', 'chat'],
  ['chat', 'End', 'people'],
  ['chat', 'ArrowDown', null],
  ['chat', 'c', null],
  ['chat', 'constructor', null],
])('on %s, %s leads to %s', (tab, key, to) => expect(tabAfter(tab, key)).toBe(to))
