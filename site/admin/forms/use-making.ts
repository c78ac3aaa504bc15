import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { focusFault } from '../ui/focus-fault.ts'
import type { Faults } from './faults.ts'
import { type Refused, refused } from './refused.ts'

interface MakingOptions<D> {
  empty: D | (() => D)
  check: (draft: D) => Faults
  /** Makes it, and shows that it is made. */
  make: (draft: D) => Promise<void>
  /** Absent: every field of the server's has the form's own name. */
  refusal?: (failure: ApiFailure) => Refused
}

export interface Making<D> {
  draft: D
  setDraft: (draft: D) => void
  faults: Faults
  failure: ApiFailure | null
  busy: boolean
  submit: () => Promise<void>
}

/** A form for something new: checked here first, then by the server, made once however often it is pressed. */
export function useMaking<D>({ empty, check, make, refusal = refused }: MakingOptions<D>): Making<D> {
  const [draft, setDraft] = useState<D>(empty)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit() {
    if (busy) return
    const found = check(draft)
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      await make(draft)
    } catch (e) {
      const shown = refusal(asFailure(e))
      setFaults(shown.faults)
      setFailure(shown.failure)
      setBusy(false)
      focusFault()
    }
  }

  return {
    draft,
    setDraft(next) {
      setDraft(() => next)
      setFaults({})
    },
    faults,
    failure,
    busy,
    submit,
  }
}
