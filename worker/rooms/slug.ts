import { newId } from '../crypto/id.ts'
import { Problem } from '../problem.ts'

export const slugTaken = () =>
  new Problem(409, 'slug_taken', 'Another room has this slug. Choose another one.')

/** Longest slug made from a title; leaves room for a suffix within 64. */
const MAX_MADE = 48

/**
 * A slug from a title: letters without their accents, the rest as single hyphens. A title without any such letter gets
 * a random one. With `unique`, a suffix is added: for when the plain one is taken.
 */
export function slugFor(title: string, unique = false): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_MADE)
    .replace(/^-+|-+$/g, '')
  if (!plain) return `room-${newId().slice(0, 8)}`
  return unique || plain.length === MAX_MADE ? `${plain}-${newId().slice(0, 6)}` : plain
}
