import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/**
 * An authenticator for tests: makes and uses discoverable ES256 passkeys as a browser and a device would together
 * (WebAuthn Level 3, 5.1 and 6), and can be told to do each step wrong.
 */
export interface Wrongs {
  /** Where the browser says that it is. */
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  /** Flags of the authenticator data, e.g. without user verification. */
  flags?: number
  counter?: number
  userHandle?: string | null
  /** Signs with another key. */
  forged?: boolean
}

const UP = 0x01
const UV = 0x04
const BE = 0x08
const BS = 0x10
const AT = 0x40

/** Present and verified: what we ask for. Add BE and BS for a synced passkey. */
export const flags = {
  usual: UP | UV,
  unverified: UP,
  absent: UV,
  synced: UP | UV | BE | BS,
  portable: UP | UV | BE,
}

interface Options {
  challenge: string
  rp?: { id?: string }
  rpId?: string
  user?: { id: string }
}

export class Authenticator {
  readonly id = randomBytes(16)
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  userHandle = ''
  counter = 0

  /** @param origin of the page in which it is used */
  constructor(readonly origin: string) {}

  get credentialId(): string {
    return this.id.toString('base64url')
  }

  /** The answer of `navigator.credentials.create`. */
  create(options: Options, wrong: Wrongs = {}) {
    this.userHandle = options.user!.id
    const flagged = (wrong.flags ?? flags.usual) | AT
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, this.id.length]),
      this.id,
      coseKey(this.#keys.publicKey),
    ])
    const data = this.#data(options.rp?.id, flagged, attested, wrong)
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(data),
    ])
    return this.#credential({
      clientDataJSON: this.#clientData('webauthn.create', options, wrong).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** The answer of `navigator.credentials.get`. */
  get(options: Options, wrong: Wrongs = {}) {
    const client = this.#clientData('webauthn.get', options, wrong)
    const data = this.#data(options.rpId, wrong.flags ?? flags.usual, Buffer.alloc(0), wrong)
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    const key = wrong.forged
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : this.#keys.privateKey
    const handle = wrong.userHandle === undefined ? this.userHandle : wrong.userHandle
    return this.#credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, key).toString('base64url'),
      ...(handle === null ? {} : { userHandle: handle }),
    })
  }

  #clientData(type: string, { challenge }: Options, wrong: Wrongs): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? this.origin,
        crossOrigin: false,
      }),
    )
  }

  #data(rpId: string | undefined, flagged: number, rest: Buffer, wrong: Wrongs): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(wrong.counter ?? this.counter)
    const rp = createHash('sha256')
      .update(wrong.rpId ?? rpId ?? new URL(this.origin).hostname)
      .digest()
    return Buffer.concat([rp, Buffer.from([flagged]), counter, rest])
  }

  #credential(response: Record<string, unknown>) {
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response,
    }
  }
}

/** A P-256 public key as COSE has it (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x!, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y!, 'base64url')),
  ])
}

const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

const cborBytes = (bytes: Buffer): Buffer =>
  Buffer.concat([
    bytes.length < 256
      ? Buffer.from([0x58, bytes.length])
      : Buffer.from([0x59, bytes.length >> 8, bytes.length & 255]),
    bytes,
  ])
