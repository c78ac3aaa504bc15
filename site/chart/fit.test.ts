import { expect, test } from 'vitest'
import { type Choice, type Fit, fitInto, type Size } from './fit.ts'

const size = (width: number, height: number): Size => ({ width, height })

test.each<[string, Choice, Size, number, Fit]>([
  [
    'a window fills itself',
    'window',
    size(1920, 1080),
    1,
    { chart: size(1920, 1080), css: size(1920, 1080), scale: 1, smaller: false },
  ],
  [
    'a window of a dense display is drawn in its own pixels',
    'window',
    size(2880, 1800),
    2,
    { chart: size(2880, 1800), css: size(1440, 900), scale: 1, smaller: false },
  ],
  [
    'a zoomed page too',
    'window',
    size(1920, 1080),
    1.25,
    { chart: size(1920, 1080), css: size(1536, 864), scale: 1, smaller: false },
  ],
  [
    'an upright phone has a wide chart in its own pixels',
    'window',
    size(1080, 2340),
    3,
    { chart: size(1080, 608), css: size(360, 608 / 3), scale: 1, smaller: true },
  ],
  [
    'a very wide window has bars at the sides',
    'window',
    size(3440, 1080),
    1,
    { chart: size(1920, 1080), css: size(1920, 1080), scale: 1, smaller: true },
  ],
  [
    'a chart of one size in a window of it',
    '1280x720',
    size(1280, 720),
    1,
    { chart: size(1280, 720), css: size(1280, 720), scale: 1, smaller: false },
  ],
  [
    'a smaller one is not enlarged',
    '1280x720',
    size(1920, 1080),
    1,
    { chart: size(1280, 720), css: size(1280, 720), scale: 1, smaller: true },
  ],
  [
    'a larger one is scaled',
    '3840x2160',
    size(1920, 1080),
    1,
    { chart: size(3840, 2160), css: size(1920, 1080), scale: 0.5, smaller: false },
  ],
  [
    'by what fits less',
    '1920x1080',
    size(1920, 540),
    1,
    { chart: size(1920, 1080), css: size(960, 540), scale: 0.5, smaller: false },
  ],
])('%s', (_, choice, device, ratio, expected) => {
  expect(fitInto(choice, device, ratio)).toEqual(expected)
})
