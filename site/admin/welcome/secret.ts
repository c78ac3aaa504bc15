import { signal } from '@preact/signals'
import { route } from '../route.ts'

/** The secret of the one-time link this page was opened with; null when the page holds none. Only memory keeps it. */
export const linkSecret = signal<string | null>(null)

/** Takes the secret out of the address bar, now and whenever a link is opened over this page. */
export function watchLinkSecret(): void {
  const take = () => {
    if (route.peek().page !== 'welcome') return
    const secret = location.hash.slice(1)
    if (secret === '') return
    history.replaceState(history.state, '', location.pathname)
    linkSecret.value = secret
  }
  addEventListener('hashchange', take)
  take()
}
