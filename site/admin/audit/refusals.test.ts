import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../../../worker/people/schema.ts'
import { t } from '../text.ts'
import { auditWhat } from './audit-words.ts'
import { entry } from './fixture.ts'

const worker = new URL('../../../worker/', import.meta.url)
const sources = readdirSync(worker, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map(file => readFileSync(new URL(file, worker), 'utf8'))
  .join('\n')

/** Every problem the server makes with its status, but for those that it never records: its own failures. */
const problems = [...sources.matchAll(/new Problem\(\s*(4\d\d),\s*'(\w+)'/g)].map(([, status, code]) => ({
  status: Number(status),
  code: code!,
}))
const oidcReasons = [
  ...sources.matchAll(/await refused\(call, '(\w+)'/g),
  ...sources.matchAll(/new SignInFault\('(\w+)'/g),
  ...sources.matchAll(/await step\('(\w+)'/g),
].map(found => found[1]!)

const refused = (code: string) =>
  auditWhat(entry({ action: 'user.change', outcome: 'refused', params: { code } }))

describe('refusals', () => {
  it('are found in the server', () => {
    expect(problems.length).toBeGreaterThan(30)
    expect(oidcReasons.length).toBeGreaterThan(8)
  })

  it.each([...new Set([...problems.map(p => p.code), ...refusalCodes, ...oidcReasons])])(
    '%s has words',
    code => {
      expect(Object.keys(t.audit.reasons)).toContain(code)
    },
  )

  it.each(problems.filter(p => [400, 404, 405, 409, 412, 413, 415].includes(p.status)))(
    '$code ($status) is a slip or a conflict, and no fault',
    ({ code }) => {
      expect(refused(code).glyph).toBe('fair')
    },
  )

  it.each(problems.filter(p => p.status === 403))('$code ($status) is to be looked into', ({ code }) => {
    expect(refused(code).glyph).toBe('poor')
  })
})
