import { route } from '../route.ts'

let query = ''

/** Takes what the sign-in provider sent out of the address bar; only memory keeps it. */
export function takeProviderQuery(): void {
  if (route.peek().page !== 'callback') return
  query = location.search.slice(1)
  history.replaceState(null, '', location.pathname)
}

/** What the sign-in provider sent; empty when the page was opened otherwise. */
export const providerQuery = (): string => query
