import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { api } from '../session.ts'

let last: Promise<unknown> = Promise.resolve()

/**
 * What to ask the browser with, one request after the other: each sets a cookie that only its own answer fits, so the
 * last one asked for must be the last one answered.
 * @throws {ApiFailure}
 */
export function askOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = last.then(api.passkeyOptions, api.passkeyOptions)
  last = options
  return options
}
