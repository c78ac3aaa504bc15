/** Galene's rule for names of groups and users: they are paths, and none leads out of its folder. */
export function nameFault(name: string): string | undefined {
  if (/[\\]/.test(name)) return 'must not contain a backslash'
  if (name.startsWith('/') || name.endsWith('/')) return 'must not begin or end with a slash'
  if (name.startsWith('.')) return 'must not begin with a dot'
  if (name.split('/').some(part => part === '' || part === '.' || part === '..'))
    return 'must not have an empty part, . or .. between slashes'
  return undefined
}
