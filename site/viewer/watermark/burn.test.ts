import { expect, test } from 'vitest'
import { burnMark, placesIn } from './burn.ts'

const picture = { width: 1920, height: 1080 }

test('in a corner the words end where the picture’s margin begins', () => {
  expect(placesIn('corner', { width: 2000, height: 1000 }, { width: 400, size: 24 })).toEqual([[1540, 74]])
})

test('words that are wider than the picture begin at its edge', () => {
  expect(placesIn('corner', { width: 320, height: 180 }, { width: 900, size: 10 })).toEqual([[0, 19]])
})

test('all over, no place of the picture is further than the words are long from some of them', () => {
  const text = { width: 400, size: 24 }
  const places = placesIn('tiled', picture, text)
  for (let x = 0; x < picture.width; x += 60)
    for (let y = 0; y < picture.height; y += 60) {
      const near = places.some(
        ([left, base]) =>
          Math.abs(base - y) <= 6 * text.size && x >= left - text.width && x <= left + 2 * text.width,
      )
      expect([x, y, near]).toEqual([x, y, true])
    }
})

test('the words are written as they are, and nothing of the pen stays changed', () => {
  const calls: string[] = []
  const pen = {
    font: '',
    globalAlpha: 1,
    fillStyle: '',
    strokeStyle: '',
    save: () => calls.push('save'),
    restore: () => calls.push('restore'),
    measureText: () => ({ width: 100 }) as TextMetrics,
    strokeText: (text: string) => calls.push(`stroke ${text}`),
    fillText: (text: string) => calls.push(`fill ${text} at ${pen.globalAlpha}`),
  }
  burnMark(pen, { mode: 'corner', text: '<b>Ada</b> · 24 Nov 2026' }, picture)
  expect(calls).toEqual([
    'save',
    'stroke <b>Ada</b> · 24 Nov 2026',
    'fill <b>Ada</b> · 24 Nov 2026 at 0.16',
    'restore',
  ])
})
