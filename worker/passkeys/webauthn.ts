import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { bytesOf, fromBase64url, textOf, toBase64url } from '../crypto/encoding.ts'
import type { Place } from '../http/place.ts'
import { areCanonical, isOneSignature } from './canonical.ts'
import type { NewPasskeyRow, PasskeyRow } from './store.ts'

/**
 * WebAuthn (Level 3) as we use it: discoverable credentials with user verification, from authenticators of the device
 * and roaming ones alike; no attestation, since no maker is preferred. The library checks; here stands what is asked.
 */

/** ms a browser lets the person take; a little less than the challenge lives. */
const PATIENCE = 240_000

/** ES256, EdDSA and RS256: what authenticators make. */
const ALGORITHMS = [-8, -7, -257]

/** @param has credential ids of this user, so that one authenticator does not get two */
export const registrationOptions = (
  { rpId }: Place,
  user: { id: string; name: string },
  has: readonly string[],
) =>
  generateRegistrationOptions({
    rpName: 'Sightline',
    rpID: rpId,
    userName: user.name,
    userDisplayName: user.name,
    userID: bytesOf(user.id),
    attestationType: 'none',
    excludeCredentials: has.map(id => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: PATIENCE,
  })

/** Without a list of credentials: the browser shows what it has for this place. */
export const authenticationOptions = ({ rpId }: Place) =>
  generateAuthenticationOptions({ rpID: rpId, userVerification: 'required', timeout: PATIENCE })

/** The new passkey of a registration's answer, or undefined when it does not answer the challenge, here, now. */
export async function readRegistration(
  place: Place,
  challenge: string,
  response: unknown,
): Promise<Omit<NewPasskeyRow, 'id' | 'userId' | 'name'> | undefined> {
  const read = await verifiedOrNot(() =>
    verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!read?.verified) return undefined
  const { credential, credentialDeviceType, credentialBackedUp } = read.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: toBase64url(credential.publicKey),
    counter: credential.counter,
    transports: JSON.stringify(transportsOf(credential.transports)),
    portable: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
  }
}

/** What the specification knows (5.8.4), and what came before it. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

/** How an authenticator is reached, as far as it is known here: the browser's word, which nothing signs. */
const transportsOf = (said: unknown): string[] =>
  Array.isArray(said) ? TRANSPORTS.filter(transport => said.includes(transport)) : []

/** What a passkey said at its use. */
export interface PasskeyUse {
  counter: number
  backedUp: boolean
}

/**
 * Whether a sign-in's answer is by this passkey, of this user, for this challenge, here, now. A counter that does not
 * rise (a copied authenticator) and a change of "may be backed up" are refused, as the specification says (7.2).
 */
export async function readAuthentication(
  place: Place,
  challenge: string,
  response: unknown,
  passkey: PasskeyRow,
): Promise<PasskeyUse | undefined> {
  const { response: inner } = response as AuthenticationResponseJSON
  if (!areCanonical(inner.clientDataJSON, inner.authenticatorData, inner.signature)) return undefined
  // A discoverable credential names its user; one that names another, or none, is not ours.
  if (handleOf(inner.userHandle) !== passkey.userId) return undefined
  const publicKey = fromBase64url(passkey.publicKey)!
  const read = await verifiedOrNot(async () => {
    if (!isOneSignature(fromBase64url(inner.signature)!, publicKey)) return undefined
    return verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey, counter: passkey.counter },
    })
  })
  if (!read?.verified) return undefined
  const { newCounter, credentialBackedUp, credentialDeviceType } = read.authenticationInfo
  if ((credentialDeviceType === 'multiDevice') !== Boolean(passkey.portable)) return undefined
  return { counter: newCounter, backedUp: credentialBackedUp }
}

function handleOf(userHandle: unknown): string | undefined {
  const bytes = typeof userHandle === 'string' ? fromBase64url(userHandle) : undefined
  try {
    return bytes && textOf(bytes)
  } catch {
    return undefined
  }
}

/** The library throws for whatever is not right in an answer; to us all of it is one thing: not verified. */
async function verifiedOrNot<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify()
  } catch {
    return undefined
  }
}
