/**
 * One run of vitest: its exit code and its JSON report, if it came to write one.
 * @typedef {{ exit: number, report: Report | undefined }} Run
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} Report
 */

/**
 * Adds up runs. A file that could not be loaded, a failing hook and an error outside of every test count as failures
 * too: what did not run must not look like success.
 * @param {Run[]} runs
 */
export function countRuns(runs) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { exit, report } of runs) {
    const broken = (report?.testResults ?? []).filter(
      file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
    ).length
    const failed = (report?.numFailedTests ?? 0) + broken
    total.passed += report?.numPassedTests ?? 0
    total.failed += failed || (exit === 0 ? 0 : 1)
    total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  }
  return total
}

/**
 * The last line of a test run.
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
export const countingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
