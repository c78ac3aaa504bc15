import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { JoinAnswer } from '../../worker/people/schema.ts'
import { callOf } from '../lib/call-of.ts'
import { passkeyPlace } from '../lib/passkey-place.ts'
import { askPasskey, passkeysMissing } from '../lib/passkeys.ts'
import { placeOf } from '../lib/place-of.ts'
import { rememberStart } from '../lib/provider-start.ts'
import { readRefusal } from '../lib/refusal.ts'
import { askStatus, joinNamed, type Named } from './sign-in-named.ts'
import type { Methods, SignInFault, SignInOutcome } from './sign-in-state.ts'

/** What the server says in full: how long to wait, or who is away. */
const UNAVAILABLE = ['provider_unavailable', 'auth_server_unavailable', 'busy']

/** A call that did not give what it was asked for. */
class Refused extends Error {
  constructor(readonly outcome: Exclude<SignInOutcome, { joined: JoinAnswer }>) {
    super()
  }
}
/** The server wants to know who somebody is. */
class Nameless extends Error {}

const fault = (is: Exclude<SignInFault, { is: 'said' | 'nameless' }>['is']) => new Refused({ fault: { is } })

/** Signing in to watch; a file of its own, which only those load who came without a link. */
export const signIn = {
  /** Asks what there is to sign in with; a page under this machine's own IP address is opened under its name first. */
  async methods(slug: string): Promise<Methods> {
    const place = passkeyPlace(location.href, isSecureContext)
    if (place.is === 'elsewhere') location.replace(place.address)
    const missing = passkeysMissing()
    const [provider, { redirect, portal }] = await Promise.all([
      // Without an answer the passkey's button says it when it is pressed.
      ask<{ oidc: { name: string } | null }>('GET', '/api/auth/methods').then(
        ({ oidc }) => oidc?.name ?? null,
        () => null,
      ),
      askStatus(ask, slug),
    ])
    if (redirect !== null) location.replace(redirect)
    return { missing, provider, portal }
  },

  async byPasskey(slug: string): Promise<SignInOutcome> {
    return outcomeOf(async () => {
      const { options } = await ask<{ options: PublicKeyCredentialRequestOptionsJSON }>(
        'POST',
        '/api/auth/passkey/options',
        {},
      )
      const asked = await askPasskey(options)
      // Nothing is made here that could be there already.
      if ('end' in asked) throw fault(asked.end === 'already' ? 'failed' : asked.end)
      return ask<JoinAnswer>('POST', '/api/auth/passkey', { response: asked.done, room: slug })
    })
  },

  async byName(slug: string, way: Named): Promise<SignInOutcome> {
    return outcomeOf(async () => {
      try {
        return await joinNamed(ask, slug, way)
      } catch (error) {
        const refusal = error instanceof Refused && 'refusal' in error.outcome && error.outcome.refusal
        // The door stays: a name is easily mistyped.
        if (refusal && refusal.code === 'not_found')
          throw fault(way.by === 'token' ? 'wrong_token' : 'wrong_password')
        if (error instanceof Nameless && way.by === 'token')
          throw new Refused({ fault: { is: 'nameless', token: way.token } })
        throw error
      }
    })
  },

  /** Leaves for the provider's page, which sends the person back; resolves only when that came to nothing. */
  async byProvider(slug: string): Promise<SignInOutcome> {
    return outcomeOf(async () => {
      const { url } = await ask<{ url: string }>('POST', '/api/auth/oidc/start', { for: 'room', slug })
      rememberStart(slug)
      location.assign(url)
      // Whoever comes back without an answer finds the page as they left it.
      await new Promise(resolve => addEventListener('pageshow', resolve, { once: true }))
      throw fault('cancelled')
    })
  },
}

async function outcomeOf(work: () => Promise<JoinAnswer>): Promise<SignInOutcome> {
  try {
    return { joined: await work() }
  } catch (e) {
    return e instanceof Refused ? e.outcome : { fault: { is: 'unreachable' } }
  }
}

/** The cookie that ties a ceremony to this browser goes along, unlike with a viewer's other calls. */
async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, callOf({ method, body, cookies: true }))
  const read = (answer.status === 204 ? null : await answer.json()) as Record<string, unknown>
  if (answer.ok) return read as T
  // Unlike with a link nothing tries again by itself. How long to wait, or that it is the provider who is away: the
  // door stays, and the server says it in full.
  if (read.code === 'name_required') throw new Nameless()
  const place = read.code === 'elsewhere' ? placeOf(read.location) : null
  if (place !== null) {
    location.replace(place)
    // The page is being left; until then nothing has failed.
    await new Promise(() => {})
  }
  if ((answer.status === 429 || UNAVAILABLE.includes(String(read.code))) && typeof read.detail === 'string')
    throw new Refused({ fault: { is: 'said', sentence: read.detail } })
  const refusal = readRefusal(read)
  if (refusal) throw new Refused({ refusal })
  if (read.code === 'not_invited') throw fault('not_invited')
  if (answer.status === 403) throw fault('refused')
  throw fault('unreachable')
}
