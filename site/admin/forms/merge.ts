/** What a form holds: one plain value a field, so that two versions of it can be compared. */
export type Draft = Record<string, string | boolean>

/** A field that somebody else changed while the form was open. */
export interface Change<D> {
  field: keyof D
  was: string | boolean
  now: string | boolean
  /** The person at this form changed it too, to something else: their typing is kept. */
  clash: boolean
}

/**
 * Brings a form up to date with a resource that changed underneath it. A field the person did not touch takes the
 * new value, a field they did touch keeps theirs.
 */
export function mergeDraft<D extends Draft>(base: D, theirs: D, mine: D): { draft: D; changes: Change<D>[] } {
  const draft = { ...mine }
  const changes: Change<D>[] = []
  for (const field of Object.keys(base) as (keyof D)[]) {
    const was = base[field]
    const now = theirs[field]
    if (was === undefined || now === undefined || was === now) continue
    const touched = mine[field] !== was
    if (!touched) draft[field] = now
    changes.push({ field, was, now, clash: touched && mine[field] !== now })
  }
  return { draft, changes }
}
