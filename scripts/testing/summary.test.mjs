import { expect, test } from 'vitest'
import { countingLine, countRuns } from './summary.mjs'

const report = (statuses, files = [{ status: 'passed', assertionResults: [] }]) => ({
  numPassedTests: statuses.filter(s => s === 'passed').length,
  numFailedTests: statuses.filter(s => s === 'failed').length,
  numPendingTests: statuses.filter(s => s === 'pending').length,
  numTodoTests: statuses.filter(s => s === 'todo').length,
  testResults: files,
})

test.each([
  [
    'two good runs',
    [
      [0, ['passed', 'passed']],
      [0, ['passed']],
    ],
    '3 passed, 0 failed',
  ],
  [
    'a failure',
    [
      [1, ['passed', 'failed']],
      [0, ['passed']],
    ],
    '2 passed, 1 failed',
  ],
  ['skipped and to do', [[0, ['passed', 'pending', 'todo']]], '1 passed, 0 failed, 2 skipped'],
  ['nothing', [[0, []]], '0 passed, 0 failed'],
])('%s', (_, runs, line) => {
  expect(countingLine(countRuns(runs.map(([exit, statuses]) => ({ exit, report: report(statuses) }))))).toBe(
    line,
  )
})

test('a file that cannot be loaded is a failure', () => {
  const files = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ]
  expect(countRuns([{ exit: 1, report: report(['passed', 'failed'], files) }])).toEqual({
    passed: 1,
    failed: 2,
    skipped: 0,
  })
})

test('an error outside of every test is a failure, and so is a run without a report', () => {
  expect(
    countRuns([
      { exit: 1, report: report(['passed']) },
      { exit: 134, report: undefined },
    ]),
  ).toEqual({
    passed: 1,
    failed: 2,
    skipped: 0,
  })
})
