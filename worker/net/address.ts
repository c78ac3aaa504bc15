/**
 * The arithmetic of addresses, once for trusted proxies, limits and blocks. An address is a string of 32 or 128 bits, a
 * network the bits that its addresses begin with. IPv4 in IPv6 clothes is IPv4 wherever it comes from.
 */
export interface Network {
  /** The bits that all its addresses share: all of them for a single address. */
  bits: string
  /** How many bits an address of its family has. */
  of: 32 | 128
}

/** How the IPv6 form of an IPv4 address begins: ::ffff:0:0/96. */
const MAPPED = `${'0'.repeat(80)}${'1'.repeat(16)}`

/** What one subscriber usually has of IPv6 is a /64: by single addresses nobody could be told apart. */
const SUBSCRIBER = { 32: 32, 128: 64 } as const

/** An IPv4 address in IPv6 clothes, as a dual-stack socket gives it, is IPv4. */
export const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** An address as a string of bits: 32 or 128 of them; undefined when it is none, or has a port or a zone. */
export function bitsOf(address: string): string | undefined {
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
  const bits = all.map(g => Number.parseInt(g, 16).toString(2).padStart(16, '0')).join('')
  return bits.startsWith(MAPPED) ? bits.slice(MAPPED.length) : bits
}

/** An address or a CIDR block, its host bits not looked at; undefined when it is neither. */
export function networkOf(text: string): Network | undefined {
  const [, base, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const bits = bitsOf(base ?? '')
  if (!base || !bits) return undefined
  const of = bits.length as Network['of']
  if (length === undefined) return { bits, of }
  const mapped = of === 32 && base.includes(':') && Number(length) >= MAPPED.length
  const shared = Number(length) - (mapped ? MAPPED.length : 0)
  return shared <= of ? { bits: bits.slice(0, shared), of } : undefined
}

/** Whether an IPv4 or IPv6 address lies in a CIDR block or is the single address named. */
export function inBlock(address: string, block: string): boolean {
  const bits = bitsOf(address)
  const network = networkOf(block)
  return (
    bits !== undefined && network !== undefined && bits.length === network.of && bits.startsWith(network.bits)
  )
}

/** Whether a text is an address or a CIDR block; anything else matches nobody. */
export const isBlock = (text: string): boolean => networkOf(text) !== undefined

/** Whether two networks have an address in common: then one is within the other. */
export const overlap = (a: Network, b: Network): boolean =>
  a.of === b.of && (a.bits.startsWith(b.bits) || b.bits.startsWith(a.bits))

/** The network that counts as one caller: an IPv4 address, the /64 of an IPv6 one. */
export function subscriberOf(address: string | undefined): Network | undefined {
  const bits = bitsOf(address ?? '')
  if (!bits) return undefined
  const of = bits.length as Network['of']
  return { bits: bits.slice(0, SUBSCRIBER[of]), of }
}

/** A network as it is usually written: host bits 0, IPv6 in lower case and shortened (RFC 5952), no length if single. */
export function textOf({ bits, of }: Network): string {
  const all = bits.padEnd(of, '0')
  const base = of === 32 ? chunks(all, 8).join('.') : shortened(chunks(all, 16).map(n => n.toString(16)))
  return bits.length === of ? base : `${base}/${bits.length}`
}

const chunks = (bits: string, size: number): number[] =>
  Array.from({ length: bits.length / size }, (_, i) =>
    Number.parseInt(bits.slice(i * size, (i + 1) * size), 2),
  )

/** The longest run of at least two zero groups becomes `::`; of equal ones the first. */
function shortened(groups: string[]): string {
  const runs = [...groups.join(':').matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)]
  const longest = runs.reduce<(typeof runs)[number] | undefined>(
    (best, run) => (best && best[0].length >= run[0].length ? best : run),
    undefined,
  )
  const text = groups.join(':')
  if (!longest) return text
  const before = text.slice(0, longest.index).replace(/:$/, '')
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}
