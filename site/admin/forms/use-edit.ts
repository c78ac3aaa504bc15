import { useEffect, useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { focusFault } from '../ui/focus-fault.ts'
import type { Faults } from './faults.ts'
import type { Change, Draft } from './merge.ts'
import type { Refused } from './refused.ts'
import { type Editable, saveDraft, type Version } from './save.ts'

interface EditOptions<D extends Draft> extends Editable<D> {
  check: (draft: D) => Faults
  refusal: (failure: ApiFailure) => Refused
  onSaved: () => void
}

export interface Edit<D extends Draft> {
  /** Null until the resource has been read. */
  draft: D | null
  setDraft: (draft: D) => void
  faults: Faults
  /** What somebody else changed since the form was opened; saving again saves over it. */
  changes: readonly Change<D>[]
  failure: ApiFailure | null
  busy: boolean
  save: () => Promise<void>
  load: () => Promise<void>
}

/** A form for something that exists: reads it afresh when it opens, saves with If-Match, keeps the typing on a 412. */
export function useEdit<D extends Draft>({ read, write, check, refusal, onSaved }: EditOptions<D>): Edit<D> {
  const [base, setBase] = useState<Version<D> | null>(null)
  const [draft, setDraft] = useState<D | null>(null)
  const [faults, setFaults] = useState<Faults>({})
  const [changes, setChanges] = useState<readonly Change<D>[]>([])
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)

  async function load() {
    setFailure(null)
    try {
      const version = await read()
      setBase(version)
      setDraft(version.draft)
      setChanges([])
    } catch (e) {
      setFailure(asFailure(e))
    }
  }
  // Once, when the form opens: what changes later is found when it is saved.
  useEffect(() => void load(), [])

  async function save() {
    if (!base || !draft || busy) return
    const found = check(draft)
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const saved = await saveDraft({ read, write }, base, draft)
      if (saved.is === 'saved') {
        setBusy(false)
        return onSaved()
      }
      setBase(saved.base)
      setDraft(saved.draft)
      setChanges(saved.changes)
    } catch (e) {
      const shown = refusal(asFailure(e))
      setFaults(shown.faults)
      setFailure(shown.failure)
      focusFault()
    }
    setBusy(false)
  }

  return {
    draft,
    setDraft(next) {
      setDraft(next)
      setFaults({})
    },
    faults,
    changes,
    failure,
    busy,
    save,
    load,
  }
}
