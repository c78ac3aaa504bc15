import { inBlock } from './address.ts'

/** Networks that are not the internet, or not one machine of it (IANA's special-purpose registries). */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  'fc00::/7',
  'fe80::/9',
  'ff00::/8',
]

/** Names that mean something of the neighbourhood. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/

/**
 * Whether a URL's host can be a machine of the internet, as far as its spelling tells: what a name server makes of a
 * name is not known before it is asked, and not on every runtime then.
 * @param hostname as {@link URL} gives it, which has one spelling for each address
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '')
  const v6 = /^\[(.*)\]$/.exec(host)?.[1]
  if (v6 !== undefined || /^\d+(\.\d+){3}$/.test(host))
    return !NOT_PUBLIC.some(block => inBlock(v6 ?? host, block))
  return host.includes('.') && !LOCAL_NAME.test(host)
}
