import { signal } from '@preact/signals'

/** Which page of the admin an address means. */
export type Route =
  | { page: 'rooms' }
  | { page: 'room'; id: string }
  | { page: 'room-settings'; id: string }
  | { page: 'server' }
  | { page: 'people' }
  | { page: 'audit' }
  | { page: 'settings' }
  /** Where one-time links lead: its fragment holds the secret. */
  | { page: 'welcome' }
  /** Where the sign-in provider sends people back to. */
  | { page: 'callback' }
  | { page: 'unknown' }

/** The pages that are one address and no more. */
const single = ['server', 'people', 'audit', 'settings', 'welcome'] as const

/** `/admin…` → its page; a trailing slash does not matter. */
export function readRoute(pathname: string): Route {
  const [head, first, second, third, ...rest] = pathname.split('/').filter(Boolean)
  if (head === 'auth' && first === 'callback' && second === undefined) return { page: 'callback' }
  if (head !== 'admin' || rest.length > 0) return { page: 'unknown' }
  if (third !== undefined && (first !== 'rooms' || third !== 'settings')) return { page: 'unknown' }
  if (first === undefined || (first === 'rooms' && second === undefined)) return { page: 'rooms' }
  if (first === 'rooms' && second !== undefined) {
    try {
      return { page: third === undefined ? 'room' : 'room-settings', id: decodeURIComponent(second) }
    } catch {
      return { page: 'unknown' }
    }
  }
  const page = single.find(page => page === first)
  return page && second === undefined ? { page } : { page: 'unknown' }
}

/** A page's address. Nothing secret is ever part of one. */
export function pathOf(route: Exclude<Route, { page: 'unknown' }>): string {
  if (route.page === 'rooms') return '/admin'
  if (route.page === 'room') return `/admin/rooms/${encodeURIComponent(route.id)}`
  if (route.page === 'room-settings') return `/admin/rooms/${encodeURIComponent(route.id)}/settings`
  return route.page === 'callback' ? '/auth/callback' : `/admin/${route.page}`
}

/** The page shown now. */
export const route = signal<Route>({ page: 'rooms' })

/** Follows the address bar from now on. */
export function startRouting(): void {
  route.value = readRoute(location.pathname)
  addEventListener('popstate', () => {
    route.value = readRoute(location.pathname)
  })
}

/** Goes to a page in the place of this one, to which there is no way back. */
export function goInstead(to: Exclude<Route, { page: 'unknown' }>): void {
  history.replaceState(null, '', pathOf(to))
  route.value = to
}

/** Goes to a page as a link would. */
export function go(to: Exclude<Route, { page: 'unknown' }>): void {
  const path = pathOf(to)
  if (path !== location.pathname) history.pushState(null, '', path)
  route.value = to
  scrollTo(0, 0)
}
