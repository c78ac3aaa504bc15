import { expect, test } from 'vitest'
import type { LogLevel } from './config.ts'
import { createLog, faultOf, type Log } from './log.ts'

test.each<[LogLevel, string[]]>([
  ['debug', ['debug', 'info', 'warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
])('at level %s only %j are written', (level, expected) => {
  const lines: string[] = []
  const log = createLog(level, line => lines.push(line))
  for (const own of ['debug', 'info', 'warn', 'error'] as const) log[own](own)
  expect(lines.map(line => JSON.parse(line).event)).toEqual(expected)
})

test('a line is one JSON object, whatever its fields hold', () => {
  const lines: string[] = []
  const log: Log = createLog('info', line => lines.push(line))
  log.info('it', { text: 'a\nb"c', n: 1, yes: true, none: null, absent: undefined })
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('\n')
  expect(JSON.parse(lines[0]!)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: 'info',
    event: 'it',
    text: 'a\nb"c',
    n: 1,
    yes: true,
    none: null,
  })
})

test.each<[unknown, string]>([
  [new TypeError('fetch failed'), 'TypeError: fetch failed'],
  [new Error('GET https://db.example/v2?authToken=abc failed'), 'Error: GET https://db.example/v2?… failed'],
  [new Error('"wss://o/app/x?stream_token=abc" closed'), 'Error: "wss://o/app/x?…" closed'],
  [new Error("(libsql://db?a=b) and 'http://x?c=d'"), "Error: (libsql://db?…) and 'http://x?…'"],
  [new Error('libsql://me:hunter2@db.example/x'), 'Error: libsql://…@db.example/x'],
  [new Error('Invalid URL https://host/r/slug#secret'), 'Error: Invalid URL https://host/r/slug#…'],
  [new Error('https://host/r/slug#secret?and=more'), 'Error: https://host/r/slug#…'],
  ['just a text?with=query', 'just a text?…'],
  [undefined, 'undefined'],
  [new Error('x'.repeat(400)), `Error: ${'x'.repeat(293)}`],
])('the fault of %s is told without secrets', (error, told) => {
  expect(faultOf(error)).toBe(told)
})
