/** Where the way to the sign-in provider began. */
const KEY = 'sightline provider'

/** Remembers, in this tab, which room somebody left for the sign-in provider; null for the admin. */
export function rememberStart(slug: string | null): void {
  try {
    sessionStorage.setItem(KEY, slug ?? '')
  } catch {
    // Without storage a failed sign-in leads to the admin's door.
  }
}

/** The page to go back to when signing in came to nothing. */
export function startedAt(): string {
  try {
    const slug = sessionStorage.getItem(KEY)
    return slug ? `/r/${encodeURIComponent(slug)}` : '/admin'
  } catch {
    return '/admin'
  }
}

/**
 * Whether somebody left this tab for the sign-in provider: any other site can send a browser to where the provider sends
 * people back to. Without storage nobody can tell, and the server decides alone.
 */
export function hasStarted(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null
  } catch {
    return true
  }
}
