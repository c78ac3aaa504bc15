import * as v from 'valibot'
import { flag, instant, line, paragraph, webAddress } from '../http/fields.ts'
import { RoomJwk } from '../room-users/jwk.ts'
import { GaleneUser, object, Password, Users, userNameFault } from './user.ts'

/** A group's definition as Galene keeps it: every key that it knows or once knew, and no other. */

const MAX_KEYS = 20

/** As Galene writes them. */
export const galeneCodecs = ['vp8', 'vp9', 'av1', 'h264', 'opus', 'g722', 'pcmu', 'pcma'] as const

/** 0 says that there is no limit, or that Galene's usual holds. */
const count = (least: number, most: number) =>
  v.pipe(
    v.number('must be a whole number'),
    v.integer('must be a whole number'),
    v.check(n => n === 0 || n >= least, `must be 0 or at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  )

const maybe = v.optional(flag)

/** An empty text is an absent one. */
const text = <S extends v.GenericSchema<unknown, string>>(schema: S) =>
  v.optional(v.lazy(input => (input === '' ? v.literal('') : schema)))

const address = text(webAddress)

/** One of the obsolete lists: who may come in as what. Without a name everybody, without a password with any. */
const patterns = v.optional(
  v.array(
    object({
      username: v.optional(
        v.pipe(
          v.string('must be text'),
          v.rawCheck(({ dataset, addIssue }) => {
            const fault = dataset.typed && userNameFault(dataset.value)
            if (fault) addIssue({ message: fault })
          }),
        ),
      ),
      password: v.optional(Password),
    }),
    'must be a list',
  ),
)

export const Definition = object({
  displayName: text(line(200)),
  description: text(paragraph(2000)),
  contact: text(paragraph(500)),
  comment: text(paragraph(2000)),
  public: maybe,
  redirect: address,
  codecs: v.optional(
    v.pipe(
      v.array(v.picklist(galeneCodecs, `must be one of ${galeneCodecs.join(', ')}`), 'must be a list'),
      v.check(list => new Set(list).size === list.length, 'must name each once'),
    ),
  ),
  'max-clients': v.optional(count(1, 100_000)),
  'max-history-age': v.optional(count(60, Number.MAX_SAFE_INTEGER)),
  'not-before': v.optional(instant),
  expires: v.optional(instant),
  'allow-recording': maybe,
  'unrestricted-tokens': maybe,
  'allow-anonymous': maybe,
  'auto-subgroups': maybe,
  'allow-subgroups': maybe,
  autolock: maybe,
  autokick: maybe,
  authServer: address,
  authPortal: address,
  authKeys: v.optional(
    v.pipe(v.array(RoomJwk, 'must be a list'), v.maxLength(MAX_KEYS, `must have at most ${MAX_KEYS} keys`)),
  ),
  users: v.optional(Users),
  'wildcard-user': v.optional(GaleneUser),
  op: patterns,
  presenter: patterns,
  other: patterns,
})
export type Definition = v.InferOutput<typeof Definition>
