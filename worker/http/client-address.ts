import { bitsOf, inBlock, unmapped } from '../net/address.ts'

/**
 * Who is calling, for limits and blocks. A forwarded address is believed only when the peer itself is one of the
 * deployment's proxies; then the right-most address that is not a proxy's is the client's. IPv4 comes out as IPv4.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: readonly string[],
): string | undefined {
  const direct = peer && unmapped(peer)
  if (!direct || !forwarded || !matches(direct, trusted)) return direct
  const nearestFirst = forwarded
    .split(',')
    .map(hop => unmapped(hop.trim()))
    .reverse()
  for (const hop of nearestFirst) {
    if (bitsOf(hop) === undefined) return direct
    if (!matches(hop, trusted)) return hop
  }
  return nearestFirst.at(-1)
}

const matches = (address: string, blocks: readonly string[]): boolean =>
  blocks.some(block => inBlock(address, block))
