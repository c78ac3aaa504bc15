import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { fieldError } from '../http/validate.ts'
import { MAX_PASSWORD } from '../room-users/fields.ts'
import { MAX_BCRYPT_COST, MAX_ITERATIONS, type StoredPassword } from '../room-users/password.ts'
import { nameFault } from './names.ts'
import { galenePermissions, galeneSets } from './permissions.ts'

/** A password as a file has it: kept as it is, or in plain, which is hashed before anything is kept. */
export type GivenPassword = StoredPassword | { type: 'plain'; key: string }

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/** An object with these fields and no others. Valibot alone would take a list for an object without fields. */
export const object = <const E extends v.ObjectEntries>(entries: E) =>
  v.pipe(v.custom<Record<string, unknown>>(isObject, 'must be an object'), v.strictObject(entries))

const MAX_USERS = 500

const plain = v.pipe(
  v.string('must be text'),
  v.minLength(1, 'must not be empty: a wildcard takes every password'),
  v.maxLength(MAX_PASSWORD, `must have at most ${MAX_PASSWORD} characters`),
)

/** Hexadecimal. A key of no bytes would be everybody's: Galene compares as many as there are. */
const hex = (least: number, most: number) =>
  v.pipe(
    v.string('must be text'),
    v.regex(
      new RegExp(`^([\\da-fA-F]{2}){${least},${most}}$`),
      `must be ${least} to ${most} bytes in hexadecimal`,
    ),
    v.transform(text => text.toLowerCase()),
  )

const bcrypt = v.pipe(
  v.string('must be text'),
  v.regex(/^\$2[aby]\$\d\d\$[./A-Za-z\d]{53}$/, 'must be a bcrypt hash such as $2a$10$…'),
  v.check(
    key => Number(key.slice(4, 6)) >= 4 && Number(key.slice(4, 6)) <= MAX_BCRYPT_COST,
    `must have a cost of 4 to ${MAX_BCRYPT_COST}`,
  ),
)

const hashed = v.variant(
  'type',
  [
    v.strictObject({ type: v.literal('plain'), key: plain }),
    v.strictObject({ type: v.literal('wildcard') }),
    v.strictObject({
      type: v.literal('pbkdf2'),
      hash: v.literal('sha-256', 'must be sha-256'),
      key: hex(16, 64),
      salt: hex(1, 64),
      iterations: v.pipe(
        v.number('must be a whole number'),
        v.integer('must be a whole number'),
        v.minValue(1, 'must be at least 1'),
        v.maxValue(MAX_ITERATIONS, `must be at most ${MAX_ITERATIONS}`),
      ),
    }),
    v.strictObject({ type: v.literal('bcrypt'), key: bcrypt }),
  ],
  'must be text, or an object whose type is plain, wildcard, pbkdf2 or bcrypt',
)

export const Password: v.GenericSchema<unknown, GivenPassword> = v.lazy(input =>
  typeof input === 'string'
    ? v.pipe(
        plain,
        v.transform((key): GivenPassword => ({ type: 'plain', key })),
      )
    : hashed,
) as v.GenericSchema<unknown, GivenPassword>

const named = v.picklist(galeneSets, `must be one of ${galeneSets.join(', ')}, or a list`)
const listed = v.array(v.picklist(galenePermissions, `must be one of ${galenePermissions.join(', ')}`))

export const GaleneUser = object({
  password: v.optional(Password),
  permissions: v.optional(
    v.lazy(input => (Array.isArray(input) ? listed : named)),
    () => [],
  ),
})
export type GaleneUser = v.InferOutput<typeof GaleneUser>

/** Ours: a person's name is one line of at most so many characters. Nobody is called nothing but who has no name. */
const MAX_NAME = 80

/** What is wrong with a user's name. The empty one is that of people without a name. */
export function userNameFault(name: string): string | undefined {
  if (name === '') return undefined
  const read = v.safeParse(line(MAX_NAME), name, { abortPipeEarly: true })
  if (!read.success) return `the name ${read.issues[0].message}`
  if (read.output !== name) return 'the name must not begin or end with a space'
  const fault = nameFault(name)
  return fault && `the name ${fault}`
}

/**
 * Users by name. Not a valibot record, which would leave out a user called `constructor`; each fault stands under the
 * user's name.
 */
export const Users = v.pipe(
  v.custom<Record<string, unknown>>(isObject, 'must be an object with users by their names'),
  v.check(users => Object.keys(users).length <= MAX_USERS, `must have at most ${MAX_USERS} users`),
  v.rawTransform(({ dataset, addIssue }): [string, GaleneUser][] => {
    const users: [string, GaleneUser][] = []
    for (const [name, value] of Object.entries(dataset.value)) {
      const at = { type: 'unknown', origin: 'value', input: dataset.value, key: name, value } as const
      const fault = userNameFault(name)
      if (fault) addIssue({ message: fault, path: [at] })
      const read = v.safeParse(GaleneUser, value, { abortPipeEarly: true })
      if (read.success) users.push([name, read.output])
      else
        for (const issue of read.issues)
          addIssue({ message: fieldError(issue).detail, path: [at, ...(issue.path ?? [])] })
    }
    return users
  }),
)
