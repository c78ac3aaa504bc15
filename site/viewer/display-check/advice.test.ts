import { expect, test } from 'vitest'
import { adviceFor, deviceOf } from './advice.ts'

const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'

test.each<[string, number, ReturnType<typeof deviceOf>]>([
  [mac, 0, 'mac'],
  [mac, 5, 'ipad'],
  ['Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15', 5, 'ipad'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15', 5, 'iphone'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0', 0, 'windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0', 10, 'windows'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile', 5, 'android'],
  ['Mozilla/5.0 (Linux; Android 11; BRAVIA 4K) AppleWebKit/537.36 Chrome/141.0.0.0', 0, 'tv'],
  ['Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36', 0, 'tv'],
  ['Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/120.0.0.0', 0, 'tv'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0', 0, 'other'],
  ['', 0, 'other'],
])('%s with %i fingers: %s', (userAgent, maxTouchPoints, device) => {
  expect(deviceOf({ userAgent, maxTouchPoints })).toBe(device)
})

test('an iPad is told of its Reference Mode, an iPhone has none', () => {
  expect(adviceFor({ userAgent: mac, maxTouchPoints: 5 })).toEqual([
    'reference',
    'trueTone',
    'nightShift',
    'autoBrightness',
    'brightness',
  ])
  expect(adviceFor({ userAgent: 'iPhone', maxTouchPoints: 5 })).not.toContain('reference')
})
