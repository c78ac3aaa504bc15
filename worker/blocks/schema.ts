import * as v from 'valibot'
import { instant, line } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { networkOf } from '../net/address.ts'

export const Block = v.object({
  id: v.string(),
  /** An address or a CIDR block, in its usual spelling. */
  block: v.string(),
  reason: v.string(),
  /** `sign-in`: made by itself, after failed sign-ins. */
  source: v.picklist(['admin', 'sign-in']),
  /** null = until it is lifted. */
  until: v.nullable(v.string()),
  /** A user's id; null = nobody who is known by one. */
  createdBy: v.nullable(v.string()),
  createdAt: v.string(),
})
export type Block = v.InferOutput<typeof Block>

/** The widest block there may be, by the bits of its family's addresses: a slip of a digit shuts out a continent. */
const WIDEST = { 32: 8, 128: 16 } as const

const block = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.check(
    text => networkOf(text) !== undefined,
    'must be an address, or a block such as 192.0.2.0/24 or 2001:db8::/48',
  ),
  v.check(text => {
    const network = networkOf(text)
    return !network || network.bits.length >= WIDEST[network.of]
  }, 'must not be wider than /8 for IPv4 or /16 for IPv6'),
)

/** `POST /api/blocks`. One that is there already gets the new reason and end. */
export const NewBlock = v.strictObject({
  block,
  reason: v.optional(line(200)),
  until: v.optional(v.nullable(instant)),
})
export type NewBlock = v.InferOutput<typeof NewBlock>

export const BlockQuery = v.strictObject(page)
export const BlockList = v.object({ items: v.array(Block), next: v.nullable(v.string()) })
export type BlockList = v.InferOutput<typeof BlockList>
