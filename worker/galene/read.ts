import * as v from 'valibot'
import type { Runtime } from '../deps.ts'
import { fieldError } from '../http/validate.ts'
import type { FieldError } from '../problem.ts'
import { ITERATIONS, isCheckable } from '../room-users/password.ts'
import { Definition } from './definition.ts'
import { type GroupPlan, obsolete, planOf } from './plan.ts'
import type { GivenPassword } from './user.ts'

/** Hashing one takes about 30 ms; a file with more than so many in plain takes too long for one request. */
const MAX_PLAIN_PASSWORDS = 100

/**
 * Reads a group's definition strictly and plans the room that it becomes; or tells everything that is wrong with it,
 * each by its path below `definition`.
 * @param name the group's
 */
export function readGroup(
  input: unknown,
  name: string,
  runtime: Runtime,
): { plan: GroupPlan } | { errors: FieldError[] } {
  const read = v.safeParse(Definition, input, { abortPipeEarly: true })
  if (!read.success) return { errors: read.issues.map(issue => below(fieldError(issue))) }
  const errors = [...contradictions(read.output), ...beyond(read.output, runtime)]
  return errors.length ? { errors: errors.map(below) } : { plan: planOf(read.output, name) }
}

const below = ({ field, detail }: FieldError): FieldError => ({
  field: field ? `definition.${field}` : 'definition',
  detail,
})

/** What each part allows and both together do not. */
function contradictions(d: Definition): FieldError[] {
  const errors: FieldError[] = []
  const starts = d['not-before']
  if (starts !== undefined && d.expires !== undefined && d.expires <= starts)
    errors.push({ field: 'expires', detail: 'must be later than not-before' })
  const taken = new Set<string | null>(d.users?.map(([name]) => name))
  if (d['wildcard-user']) taken.add(null)
  for (const { name, path } of obsolete(d)) {
    if (taken.has(name))
      errors.push({
        field: path,
        detail:
          name === null
            ? 'is for everybody, as another entry is: only one can be, so give the others names'
            : 'has the name of another entry: give each name once',
      })
    taken.add(name)
  }
  return errors
}

/** What this server cannot do. */
function beyond(d: Definition, runtime: Runtime): FieldError[] {
  const passwords: [string, GivenPassword | undefined][] = [
    ...(d.users ?? []).map(([name, { password }]): [string, GivenPassword | undefined] => [
      `users.${name}.password`,
      password,
    ]),
    ['wildcard-user.password', d['wildcard-user']?.password],
    ...obsolete(d).map(({ own, path }): [string, GivenPassword | undefined] => [
      `${path}.password`,
      own.password,
    ]),
  ]
  const errors: FieldError[] = passwords.flatMap(([field, password]) =>
    password && password.type !== 'plain' && !isCheckable(password, runtime)
      ? [
          {
            field: `${field}.iterations`,
            detail: `must be at most ${ITERATIONS} on Cloudflare Workers, which compute no more: give a new password in plain, or a hash with fewer`,
          },
        ]
      : [],
  )
  if (passwords.filter(([, password]) => password?.type === 'plain').length > MAX_PLAIN_PASSWORDS)
    errors.push({
      field: 'users',
      detail: `must have at most ${MAX_PLAIN_PASSWORDS} passwords in plain: hash the others first`,
    })
  return errors
}
