import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { type CeremonyEnd, ceremonyEnd } from './ceremony-end.ts'
import { passkeyPlace } from './passkey-place.ts'

/** What the browser gave, or how it ended without. */
export type Ceremony<T> = { done: T } | { end: CeremonyEnd }

/** Why passkeys cannot work here: an IP address, a page that is not encrypted, a browser that knows none. */
export type Missing = 'ip' | 'plain' | 'unknown'

/** What keeps this browser, at this address, from using passkeys; null when nothing does. */
export function passkeysMissing(): Missing | null {
  const place = passkeyPlace(location.href, isSecureContext)
  if (place.is === 'ip' || place.is === 'plain') return place.is
  return browserSupportsWebAuthn() ? null : 'unknown'
}

/** Whether this browser can offer passkeys in a field, beside what it fills in there otherwise. */
export const knowsAutofill = (): Promise<boolean> => browserSupportsWebAuthnAutofill().catch(() => false)

/**
 * Asks for one of the passkeys this device has. With `autofill` it waits, without a word, until one is chosen in a
 * field; whatever is asked for next ends that.
 */
export const askPasskey = (
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
  autofill = false,
): Promise<Ceremony<AuthenticationResponseJSON>> =>
  held(() => startAuthentication({ optionsJSON, useBrowserAutofill: autofill }))

/** Has the device make a passkey. */
export const makePasskey = (
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Ceremony<RegistrationResponseJSON>> => held(() => startRegistration({ optionsJSON }))

/** Ends whatever is being asked for, an autofill too. */
export const stopAsking = (): void => WebAuthnAbortService.cancelCeremony()

async function held<T>(ceremony: () => Promise<T>): Promise<Ceremony<T>> {
  if (!browserSupportsWebAuthn()) return { end: 'unsupported' }
  try {
    return { done: await ceremony() }
  } catch (e) {
    return { end: ceremonyEnd(e) }
  }
}
