import { ApiFailure } from '../api/failure.ts'
import { type Change, type Draft, mergeDraft } from './merge.ts'

/** A resource as a form sees it: its fields and the ETag of that version. */
export interface Version<D> {
  draft: D
  etag: string | null
}

/** How a form reads and writes its resource. */
export interface Editable<D> {
  read: () => Promise<Version<D>>
  write: (base: D, draft: D, etag: string | null) => Promise<void>
}

export type Saved<D> = { is: 'saved' } | { is: 'changed'; base: Version<D>; draft: D; changes: Change<D>[] }

/**
 * Saves a form with If-Match. If the resource changed meanwhile (412), reads it again and merges; when no field of
 * the form was among the changes (a seat was taken, say) it saves at once, otherwise it asks the person to look.
 * @throws {ApiFailure} whatever else the server refuses
 */
export async function saveDraft<D extends Draft>(
  resource: Editable<D>,
  base: Version<D>,
  draft: D,
): Promise<Saved<D>> {
  let current = base
  let mine = draft
  for (let tries = 0; ; tries += 1) {
    try {
      await resource.write(current.draft, mine, current.etag)
      return { is: 'saved' }
    } catch (e) {
      if (!(e instanceof ApiFailure) || e.code !== 'changed_meanwhile' || tries === 3) throw e
    }
    const fresh = await resource.read()
    const merged = mergeDraft(current.draft, fresh.draft, mine)
    current = fresh
    mine = merged.draft
    if (merged.changes.length > 0)
      return { is: 'changed', base: fresh, draft: merged.draft, changes: merged.changes }
  }
}
