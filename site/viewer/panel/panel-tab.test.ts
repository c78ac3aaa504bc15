import { expect, test } from 'vitest'
import { type ListedTab, tabAfter, tabsFor } from './panel-tab.ts'

test.each<[boolean, ListedTab, string, ListedTab | null]>([
  [false, 'chat', 'ArrowRight', 'people'],
  [false, 'notes', 'ArrowRight', 'chat'],
  [true, 'notes', 'ArrowRight', 'calibration'],
  [true, 'calibration', 'ArrowRight', 'chat'],
  [false, 'chat', 'ArrowLeft', 'notes'],
  [true, 'chat', 'ArrowLeft', 'calibration'],
  [false, 'people', 'ArrowLeft', 'chat'],
  [false, 'people', 'Home', 'chat'],
  [false, 'chat', 'End', 'notes'],
  [true, 'chat', 'End', 'calibration'],
  [false, 'chat', 'ArrowDown', null],
  [false, 'chat', 'c', null],
  [true, 'chat', 'constructor', null],
])('as a host (%s), on %s, %s leads to %s', (hosting, tab, key, to) =>
  expect(tabAfter(tabsFor(hosting), tab, key)).toBe(to),
)
