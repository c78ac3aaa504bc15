import { bitsOf, type Network, networkOf, textOf } from '../net/address.ts'

/**
 * Addresses as blocks compare them: `4` and 8, or `6` and 32 hexadecimal digits. As texts of one length within a family,
 * they are ordered as the addresses are, and no family lies within the other.
 */
export interface Bounds {
  low: string
  high: string
  /** The block in its usual spelling. */
  block: string
}

/** An address's key for {@link BLOCKED}; null, which no block covers, when it cannot be read. */
export function blockKey(address: string | undefined): string | null {
  const bits = bitsOf(address ?? '')
  return bits ? keyOf(bits) : null
}

export const boundsOf = (network: Network): Bounds => ({
  low: keyOf(network.bits.padEnd(network.of, '0')),
  high: keyOf(network.bits.padEnd(network.of, '1')),
  block: textOf(network),
})

/** An address or a CIDR block, IPv4 or IPv6, as people write it → its bounds; undefined when it is neither. */
export function readBounds(text: string): Bounds | undefined {
  const network = networkOf(text)
  return network && boundsOf(network)
}

function keyOf(bits: string): string {
  let key = bits.length === 32 ? '4' : '6'
  for (let i = 0; i < bits.length; i += 4) key += Number.parseInt(bits.slice(i, i + 4), 2).toString(16)
  return key
}
