/**
 * Who is calling, for limits and blocks. A forwarded address is believed only when the peer itself is one of the
 * deployment's proxies; then the right-most address that is not a proxy's is the client's.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: readonly string[],
): string | undefined {
  if (!peer || !forwarded || !matches(peer, trusted)) return peer
  const hops = forwarded.split(',').map(hop => hop.trim())
  for (const hop of hops.reverse()) {
    if (toBits(hop) === undefined) return peer
    if (!matches(hop, trusted)) return hop
  }
  return hops.at(-1) ?? peer
}

const matches = (address: string, blocks: readonly string[]): boolean =>
  blocks.some(block => inBlock(address, block))

/** Whether an IPv4 or IPv6 address lies in a CIDR block or is the single address named. */
export function inBlock(address: string, block: string): boolean {
  const [base, length] = block.split('/')
  const a = toBits(address)
  const b = toBits(base ?? '')
  if (!a || !b || a.length !== b.length) return false
  const bits = length === undefined ? a.length : Number(length)
  if (!Number.isInteger(bits) || bits < 0 || bits > a.length) return false
  return a.slice(0, bits) === b.slice(0, bits)
}

/** An address as a string of bits: 32 or 128 of them. An IPv4 address in IPv6 clothes is IPv4. */
function toBits(address: string): string | undefined {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
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
