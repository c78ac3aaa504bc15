import { signal } from '@preact/signals'
import { createApi, type Session } from './api/client.ts'
import { type ApiFailure, asFailure } from './api/failure.ts'
import { isToken, tokenFromFragment } from './token.ts'

/** Who is signed in. `signed-out` says why if it was not the person's own wish. */
export type SessionState =
  | { is: 'checking' }
  | { is: 'signed-out'; because: 'wrong-token' | 'token-ended' | null }
  | { is: 'unreached'; failure: ApiFailure }
  | { is: 'signed-in'; session: Session }

/** Only this tab keeps the token, and only while it is open. */
const KEY = 'sightline.admin-token'

export const session = signal<SessionState>({ is: 'checking' })

let token: string | null = null

export const api = createApi({
  fetch: (input, init) => fetch(input, init),
  token: () => token,
  onUnauthenticated: () => forget(session.peek().is === 'signed-in' ? 'token-ended' : 'wrong-token'),
})

function forget(because: 'wrong-token' | 'token-ended' | null): void {
  token = null
  sessionStorage.removeItem(KEY)
  session.value = { is: 'signed-out', because }
}

/** Signs in with a token, which is kept unless the server refuses it. */
export async function signIn(candidate: string): Promise<void> {
  if (!isToken(candidate)) return forget('wrong-token')
  token = candidate
  sessionStorage.setItem(KEY, candidate)
  session.value = { is: 'checking' }
  await check()
}

/** Asks the server again, after it could not be reached. */
export async function check(): Promise<void> {
  if (token === null) return forget(null)
  const asked = token
  try {
    const value = await api.session()
    if (asked !== token) return
    session.value = { is: 'signed-in', session: value }
  } catch (e) {
    if (asked === token) session.value = { is: 'unreached', failure: asFailure(e) }
  }
}

export const signOut = (): void => forget(null)

/** Takes the token out of the address bar, then out of this tab's storage, and signs in with what it found. */
export function startSession(): void {
  const take = () => {
    const given = tokenFromFragment(location.hash)
    if (given !== null) history.replaceState(history.state, '', location.pathname + location.search)
    return given
  }
  addEventListener('hashchange', () => {
    const given = take()
    if (given !== null) void signIn(given)
  })
  const found = take() ?? sessionStorage.getItem(KEY)
  if (found === null) forget(null)
  else void signIn(found)
}
