import { defineConfig } from 'vitest/config'

/** Two kinds of test: `unit` beside the code (fast, in process), `system` in test/ (real runtimes, real browser). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{worker,site,timecode,origin,bench}/**/*.test.ts',
            '{worker,site,origin}/**/*.test.tsx',
            'scripts/**/*.test.mjs',
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'system',
          // Real browsers and processes on a machine that others may be using: what fails twice has failed.
          retry: 1,
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
