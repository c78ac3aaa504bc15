import * as v from 'valibot'

/** E-mail addresses, in the one form that is stored and compared, wherever people or a provider write one. */

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN = `${LABEL}(\\.${LABEL})+`
/** One @, so that nobody can differ about which part is the domain. */
const ADDRESS = new RegExp(`^[^\\s@"<>()[\\],;:\\\\\\p{Cc}\\p{Cs}]{1,64}@${DOMAIN}$`, 'u')

/**
 * Only A to Z become lower case. Unicode's own rule also turns other letters into ASCII ones (the Kelvin sign into k),
 * and then two people's addresses would be one.
 */
const lowered = (text: string): string => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** An address in that form, or undefined when it is none. Whether it exists only a mail would show. */
export function mailAddressOf(text: string): string | undefined {
  const address = lowered(text)
  return address.length <= 254 && ADDRESS.test(address) ? address : undefined
}

/** The part of a {@link mailAddressOf} after its @. */
export const mailDomainOf = (address: string): string => address.slice(address.indexOf('@') + 1)

/** An address as people write it. */
export const mailAddress = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.check(text => mailAddressOf(text) !== undefined, 'must be an e-mail address'),
  v.transform(lowered),
)

/** A domain as people write it, with or without an @ before it. */
export const mailDomain = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.transform(text => lowered(text.replace(/^@/, ''))),
  v.maxLength(253, 'must be a domain such as example.com'),
  v.regex(new RegExp(`^${DOMAIN}$`), 'must be a domain such as example.com'),
)
