import type { JoinAnswer } from '../../worker/people/schema.ts'
import { placeOf } from '../lib/place-of.ts'
import type { SignInWay } from './sign-in-state.ts'

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>
export type Named = Extract<SignInWay, { by: 'password' | 'token' }>

/** Joins with a name and a password, which may be changed first, or with a token made elsewhere. */
export async function joinNamed(ask: Ask, slug: string, way: Named): Promise<JoinAnswer> {
  if (way.by === 'token') {
    const { token, name } = way
    return ask('POST', '/api/join', { slug, token, ...(name ? { name } : {}) })
  }
  const { username, password, newPassword } = way
  if (newPassword) await ask('POST', '/api/room-users/password', { slug, username, password, newPassword })
  return ask('POST', '/api/join', { slug, username, password: newPassword ?? password })
}

/** What a public room says at its front door; of others nobody is told anything. */
export async function askStatus(
  ask: Ask,
  slug: string,
): Promise<{ redirect: string | null; portal: string | null }> {
  try {
    const { redirect, authPortal } = await ask<{ redirect?: string; authPortal?: string }>(
      'GET',
      `/api/rooms/${slug}/status`,
    )
    return { redirect: placeOf(redirect), portal: placeOf(authPortal) }
  } catch {
    return { redirect: null, portal: null }
  }
}
