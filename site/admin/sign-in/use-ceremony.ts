import { useState } from 'preact/hooks'
import type { CeremonyEnd } from '../../lib/ceremony-end.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'

/** Why a ceremony did not come to its end: in the browser, or at the server. */
export type CeremonyNote = { is: 'ended'; end: CeremonyEnd } | { is: 'failed'; failure: ApiFailure }

export interface Ceremonies {
  busy: boolean
  note: CeremonyNote | null
  /** Runs one ceremony at a time; it answers how the browser ended it, or null when all of it is done. */
  run: (ceremony: () => Promise<CeremonyEnd | null>) => Promise<void>
}

/** Keeps what a page with a passkey button shows: that it is under way, and what came of it. */
export function useCeremony(): Ceremonies {
  const [busy, setBusy] = useState(false)
  const [note, setNote] = useState<CeremonyNote | null>(null)
  return {
    busy,
    note,
    async run(ceremony) {
      if (busy) return
      setBusy(true)
      setNote(null)
      try {
        const end = await ceremony()
        if (end) setNote({ is: 'ended', end })
      } catch (e) {
        setNote({ is: 'failed', failure: asFailure(e) })
      }
      setBusy(false)
    },
  }
}
