import { describe, expect, test } from 'vitest'
import { settle, unsettled } from './settle.ts'
import { GOOD, UNKNOWN, type Verdict } from './verdict.ts'

const fair: Verdict = { level: 'fair', side: 'network', cause: 'loss', value: 0.6 }
const slow: Verdict = { level: 'fair', side: 'device', cause: 'decoding', value: 33 }
const poor: Verdict = { level: 'poor', side: 'network', cause: 'loss', value: 3 }
const frozen: Verdict = { level: 'poor', side: 'encoder', cause: 'frozen', value: null }
const lost: Verdict = { level: 'poor', side: 'network', cause: 'lost', value: null }

/** What is said after each finding, one a second. */
function said(...findings: Verdict[]) {
  let state = unsettled
  return findings.map((finding, i) => {
    state = settle(state, finding, i * 1000)
    return state.said
  })
}
const times = (n: number, verdict: Verdict) => Array.from({ length: n }, () => verdict)

test('the first finding is said at once', () => {
  expect(said(fair)).toEqual([fair])
})

describe('worse', () => {
  test('is said after 3 s', () => {
    expect(said(...times(4, GOOD), ...times(4, fair))).toEqual([...times(4, GOOD), ...times(3, GOOD), fair])
  })
  test('not when it comes and goes', () => {
    const flicker = [GOOD, fair, fair, GOOD, fair, fair, GOOD, poor, GOOD]
    expect(said(...flicker)).toEqual(times(flicker.length, GOOD))
  })
})

describe('better', () => {
  test('is said after 5 s', () => {
    expect(said(...times(2, fair), ...times(6, GOOD))).toEqual([...times(2, fair), ...times(5, fair), GOOD])
  })
  test('by the worst of those', () => {
    expect(said(poor, ...times(3, GOOD), fair, ...times(2, GOOD)).at(-1)).toEqual(fair)
  })
})

test('another cause of the same level is said after 5 s, another number at once', () => {
  expect(said(fair, ...times(5, slow)).at(-1)).toEqual(fair)
  expect(said(fair, ...times(6, slow)).at(-1)).toEqual(slow)
  expect(said(fair, { ...fair, value: 0.9 }).at(-1)).toEqual({ ...fair, value: 0.9 })
})

describe('at once', () => {
  test('that the picture stands, and that it moves again', () => {
    expect(said(GOOD, frozen, GOOD)).toEqual([GOOD, frozen, GOOD])
  })
  test('that nobody can judge it', () => {
    expect(said(fair, UNKNOWN, GOOD)).toEqual([fair, UNKNOWN, GOOD])
  })
})

test('an encoder that stands stays the fault when the path ends after it', () => {
  expect(said(GOOD, frozen, lost, lost)).toEqual([GOOD, frozen, frozen, frozen])
  expect(said(GOOD, lost, frozen)).toEqual([GOOD, lost, frozen])
})
