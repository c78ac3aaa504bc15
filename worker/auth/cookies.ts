import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { fromBase64url } from '../crypto/encoding.ts'

/**
 * Our cookies: `__Host-` (this host alone, Secure, Path=/), HttpOnly, SameSite=Strict, and without Max-Age, so that they go
 * with the browser. Browsers take Secure cookies over plain http from localhost only.
 */
export type CookieName = 'sightline' | 'sightline-ceremony' | 'sightline-oidc'

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const

export const putCookie = (c: Context, name: CookieName, value: string): void =>
  setCookie(c, name, value, { ...attributes, prefix: 'host' })

/** Takes a cookie back. */
export const dropCookie = (c: Context, name: CookieName): void =>
  setCookie(c, name, '', { ...attributes, prefix: 'host', maxAge: 0 })

/** The 256-bit secret that a cookie of ours carries, in canonical form; anything else is none. */
export function secretIn(c: Context, name: CookieName): string | undefined {
  const value = getCookie(c, name, 'host')
  return value !== undefined && fromBase64url(value)?.length === 32 ? value : undefined
}
