import { signal } from '@preact/signals'

/** Which page of the admin an address means. */
export type Route =
  | { page: 'rooms' }
  | { page: 'room'; id: string }
  | { page: 'server' }
  | { page: 'people' }
  | { page: 'audit' }
  | { page: 'unknown' }

/** `/admin…` → its page; a trailing slash does not matter. */
export function readRoute(pathname: string): Route {
  const [head, first, second, ...rest] = pathname.split('/').filter(Boolean)
  if (head !== 'admin' || rest.length > 0) return { page: 'unknown' }
  if (first === undefined || (first === 'rooms' && second === undefined)) return { page: 'rooms' }
  if (first === 'rooms' && second !== undefined) {
    try {
      return { page: 'room', id: decodeURIComponent(second) }
    } catch {
      return { page: 'unknown' }
    }
  }
  if (first === 'server' && second === undefined) return { page: 'server' }
  if (first === 'people' && second === undefined) return { page: 'people' }
  if (first === 'audit' && second === undefined) return { page: 'audit' }
  return { page: 'unknown' }
}

/** A page's address. Nothing secret is ever part of one. */
export function pathOf(route: Exclude<Route, { page: 'unknown' }>): string {
  if (route.page === 'rooms') return '/admin'
  if (route.page === 'server') return '/admin/server'
  if (route.page === 'people') return '/admin/people'
  if (route.page === 'audit') return '/admin/audit'
  return `/admin/rooms/${encodeURIComponent(route.id)}`
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

/** Goes to a page as a link would. */
export function go(to: Exclude<Route, { page: 'unknown' }>): void {
  const path = pathOf(to)
  if (path !== location.pathname) history.pushState(null, '', path)
  route.value = to
  scrollTo(0, 0)
}
