import { type Network, networkOf, overlap, textOf } from '../net/address.ts'

/** What no block may cover: this machine, and the proxies through which everybody comes. */

const LOOPBACK = ['127.0.0.0/8', '::1']

/** The first of these that a network has an address in common with, as it is written; undefined = none. */
export function sparedIn(network: Network, trustedProxies: readonly string[]): string | undefined {
  return [...LOOPBACK, ...trustedProxies].find(text => {
    const spared = networkOf(text)
    return spared !== undefined && overlap(network, spared)
  })
}

/**
 * Whom a block would shut out by a slip, in words; undefined = nobody.
 * @param own the caller's address, as far as it is known
 */
export function slipIn(
  network: Network,
  own: string | undefined,
  trustedProxies: readonly string[],
): string | undefined {
  const caller = networkOf(own ?? '')
  if (caller && overlap(network, caller))
    return `This covers your own address, ${textOf(caller)}: you could not call again to lift it.`
  const spared = sparedIn(network, trustedProxies)
  if (spared === undefined) return undefined
  return LOOPBACK.includes(spared)
    ? `This covers ${spared}, the server's own machine.`
    : `This covers ${spared}, a proxy that this server trusts, and with it everybody who comes through it.`
}
