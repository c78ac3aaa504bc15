import type { Invitation } from '../../../../worker/invitations/schema.ts'

export type Found = { link: Invitation } | { several: Invitation[] } | 'nobody'

/** The link that somebody means who types its address (or the part after #), its id or its label. */
export function findLink(given: string, links: readonly Invitation[]): Found {
  const typed = given.trim()
  const secret = typed.includes('#') ? typed.slice(typed.indexOf('#') + 1) : null
  const one = links.find(({ id, url }) =>
    secret === null ? id === typed : secret !== '' && secretOf(url) === secret,
  )
  if (one) return { link: one }
  if (secret !== null) return 'nobody'
  const called = links.filter(({ label }) => folded(label) === folded(typed))
  if (called.length > 1) return { several: called }
  return called[0] ? { link: called[0] } : 'nobody'
}

const secretOf = (url: string | null): string | null =>
  url === null ? null : url.slice(url.indexOf('#') + 1)
const folded = (text: string): string => text.normalize('NFC').toLowerCase()
