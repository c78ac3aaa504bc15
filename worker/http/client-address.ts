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
    if (toBits(hop) === undefined) return direct
    if (!matches(hop, trusted)) return hop
  }
  return nearestFirst.at(-1)
}

const matches = (address: string, blocks: readonly string[]): boolean =>
  blocks.some(block => inBlock(address, block))

/** Whether an IPv4 or IPv6 address lies in a CIDR block or is the single address named. */
export function inBlock(address: string, block: string): boolean {
  const bits = toBits(address)
  const prefix = prefixOf(block)
  return (
    bits !== undefined && prefix !== undefined && bits.length === prefix.of && bits.startsWith(prefix.bits)
  )
}

/** Whether a text is an address or a CIDR block; anything else matches nobody. */
export const isBlock = (text: string): boolean => prefixOf(text) !== undefined

/** The leading bits that a block's addresses share, and how many bits (32 or 128) its addresses have. */
function prefixOf(block: string): { bits: string; of: number } | undefined {
  const [, base, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(block) ?? []
  const bits = toBits(base ?? '')
  if (!bits) return undefined
  const shared = length === undefined ? bits.length : Number(length)
  return shared <= bits.length ? { bits: bits.slice(0, shared), of: bits.length } : undefined
}

/** An IPv4 address in IPv6 clothes, as a dual-stack socket gives it, is IPv4. */
const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** An address as a string of bits: 32 or 128 of them. */
function toBits(address: string): string | undefined {
  const v4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.exec(unmapped(address))?.[0]
  if (v4) {
    const parts = v4.split('.').map(Number)
    return parts.every(n => n <= 255) ? parts.map(n => n.toString(2).padStart(8, '0')).join('') : undefined
  }
  if (!/^[\da-f:]+$/i.test(address)) return undefined
  const [head, tail, ...more] = address.split('::')
  if (more.length) return undefined
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const before = groups(head)
  const after = groups(tail)
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...before, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...after]
  if (!all.every(g => /^[\da-f]{1,4}$/i.test(g))) return undefined
  return all.map(g => Number.parseInt(g, 16).toString(2).padStart(16, '0')).join('')
}
