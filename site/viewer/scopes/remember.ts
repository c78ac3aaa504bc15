const KEY = 'sightline scopes'

/** Remembers whether the scopes are open, for as long as the tab lives; where storage is forbidden, for this page. */
export function rememberedOpen(storage: () => Storage = () => sessionStorage) {
  return {
    get(): boolean {
      try {
        return storage().getItem(KEY) === 'open'
      } catch {
        return false
      }
    },
    set(open: boolean): void {
      try {
        if (open) storage().setItem(KEY, 'open')
        else storage().removeItem(KEY)
      } catch {
        // Then every load begins without them.
      }
    },
  }
}
