import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { JoinAnswer } from '../../worker/people/schema.ts'
import { passkeyPlace } from '../lib/passkey-place.ts'
import { askPasskey, passkeysMissing } from '../lib/passkeys.ts'
import { rememberStart } from '../lib/provider-start.ts'
import { readRefusal } from '../lib/refusal.ts'
import type { Methods, SignInFault, SignInOutcome } from './sign-in-state.ts'

/** How long an answer may take, in ms, before the server counts as not reached. */
const PATIENCE = 10_000

/** A call that did not give what it was asked for. */
class Refused extends Error {
  constructor(readonly outcome: Exclude<SignInOutcome, { joined: JoinAnswer }>) {
    super()
  }
}
const fault = (is: Exclude<SignInFault, { is: 'said' }>['is']) => new Refused({ fault: { is } })

/** Signing in to watch; a file of its own, which only those load who came without a link. */
export const signIn = {
  /** Asks what there is to sign in with; a page under this machine's own IP address is opened under its name first. */
  async methods(): Promise<Methods> {
    const place = passkeyPlace(location.href, isSecureContext)
    if (place.is === 'elsewhere') location.replace(place.address)
    const missing = passkeysMissing()
    try {
      const { oidc } = await ask<{ oidc: { name: string } | null }>('GET', '/api/auth/methods')
      return { missing, provider: oidc?.name ?? null }
    } catch {
      // The passkey's button says it when it is pressed.
      return { missing, provider: null }
    }
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
  const answer = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  })
  const read = (await answer.json()) as Record<string, unknown>
  if (answer.ok) return read as T
  // Unlike with a link nothing tries again by itself. How long to wait, or that it is the provider who is away: the
  // door stays, and the server says it in full.
  if ((answer.status === 429 || read.code === 'provider_unavailable') && typeof read.detail === 'string')
    throw new Refused({ fault: { is: 'said', sentence: read.detail } })
  const refusal = readRefusal(read)
  if (refusal) throw new Refused({ refusal })
  if (read.code === 'not_invited') throw fault('not_invited')
  if (answer.status === 403) throw fault('refused')
  throw fault('unreachable')
}
