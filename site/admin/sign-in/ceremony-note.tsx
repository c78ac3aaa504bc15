import { t } from '../text.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { Glyph } from '../ui/glyph.tsx'
import type { CeremonyNote as Note } from './use-ceremony.ts'

/** Why there is no passkey now, and what to do. Somebody who pressed Cancel knows: that is no fault. */
export function CeremonyNote({ note, cancelled }: { note: Note | null; cancelled: string }) {
  if (!note) return null
  if (note.is === 'failed') return <FailureNote failure={note.failure} />
  if (note.end === 'cancelled')
    return (
      <p class="refusal" role="status">
        <Glyph is="unknown" />
        <span>{cancelled}</span>
      </p>
    )
  return (
    <p class="refusal" role="alert">
      <Glyph is="poor" />
      <span>{t.passkeys.ends[note.end]}</span>
    </p>
  )
}
