import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeRight, rights, roles, rolesWith } from './rights.ts'

test('docs/hardening.md has the rights matrix, whole and as it is', () => {
  const hardening = readFileSync(new URL('../../docs/hardening.md', import.meta.url), 'utf8')
  const matrix = [
    `| right | allows | ${roles.join(' | ')} |`,
    `|---|---|${roles.map(() => '---|').join('')}`,
    ...rights.map(right => {
      const marks = roles.map(role => (rolesWith(right).includes(role) ? ' ✓ |' : ' |')).join('')
      return `| \`${right}\` | ${describeRight(right)} |${marks}`
    }),
    '',
  ].join('\n')
  expect(hardening).toContain(`\n\n${matrix}\n`)
})
