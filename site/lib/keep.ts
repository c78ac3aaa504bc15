/** Who this tab is in a room. */
export interface Kept {
  token: string
  name: string
}

/** The way into a room: the secret of a review link, or none for somebody who signed in. */
interface WayIn {
  slug: string
  secret: string | null
}

/** The row id at the head of a link secret: tells links apart, opens nothing. */
const key = ({ slug, secret }: WayIn) =>
  `sightline ${slug}${secret === null ? '' : ` ${secret.slice(0, 16)}`}`

/**
 * Remembers a person for as long as the tab lives (sessionStorage: no cookie, nothing on disk for others), so that a
 * reload stays the same person. Where a browser forbids storage, every load joins anew.
 */
export function keepFor(way: WayIn, storage: () => Storage = () => sessionStorage) {
  return {
    get(): Kept | null {
      try {
        const { token, name } = JSON.parse(storage().getItem(key(way)) ?? 'null') as Kept
        return typeof token === 'string' && typeof name === 'string' ? { token, name } : null
      } catch {
        return null
      }
    },
    set(kept: Kept): void {
      try {
        storage().setItem(key(way), JSON.stringify(kept))
      } catch {
        // Without storage a reload asks again.
      }
    },
    forget(): void {
      try {
        storage().removeItem(key(way))
      } catch {
        // Nothing was kept.
      }
    },
  }
}
