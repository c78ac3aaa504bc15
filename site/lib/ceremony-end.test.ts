import { expect, test } from 'vitest'
import { ceremonyEnd } from './ceremony-end.ts'

test.each([
  ['NotAllowedError', 'cancelled'],
  ['AbortError', 'cancelled'],
  ['InvalidStateError', 'already'],
  ['SecurityError', 'place'],
  ['ConstraintError', 'device'],
  ['NotSupportedError', 'device'],
  ['UnknownError', 'failed'],
  ['TypeError', 'failed'],
  ['Error', 'failed'],
  ['constructor', 'failed'],
])('%s is %s', (name, end) => {
  expect(ceremonyEnd(Object.assign(new Error('as the browser says'), { name }))).toBe(end)
  expect(ceremonyEnd(new DOMException('as the browser says', name))).toBe(end)
})

test.each([undefined, null, 'NotAllowedError', { name: 'NotAllowedError' }])('%j is failed', thrown => {
  expect(ceremonyEnd(thrown)).toBe('failed')
})
