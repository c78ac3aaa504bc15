import { describe, expect, it } from 'vitest'
import { nextItem, placeMenu } from './menu-moves.ts'

describe('nextItem', () => {
  const words = ['Edit', 'Extend', 'Revoke']
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 2, 0],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 0, 2],
    ['ArrowUp', 2, 1],
    ['ArrowUp', -1, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['e', 0, 1],
    ['e', 1, 0],
    ['R', 0, 2],
    ['r', 2, 2],
    ['x', 0, null],
    [' ', 0, null],
    ['Enter', 0, null],
    ['F10', 0, null],
  ])('%s from %d', (key, from, to) => {
    expect(nextItem(key, from, words)).toBe(to)
  })

  it('has nowhere to go in an empty menu', () => {
    expect(nextItem('ArrowDown', -1, [])).toBeNull()
  })
})

describe('placeMenu', () => {
  const menu = { width: 180, height: 200 }
  const at = (left: number, top: number) => ({ left, top, right: left + 32, bottom: top + 32 })
  const view = { width: 1000, height: 700 }
  it.each([
    ['below, right edges in line', at(900, 100), view, { left: 752, top: 136 }],
    ['above at the bottom of the page', at(900, 600), view, { left: 752, top: 396 }],
    ['not over the left edge', at(20, 100), view, { left: 8, top: 136 }],
    ['not over the right edge', at(980, 100), view, { left: 812, top: 136 }],
    ['inside a window too low for either', at(900, 100), { width: 1000, height: 250 }, { left: 752, top: 8 }],
  ])('%s', (_, anchor, window, place) => {
    expect(placeMenu(anchor, menu, window)).toEqual(place)
  })
})
