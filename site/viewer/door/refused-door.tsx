import type { GlyphName } from '../../lib/glyph.tsx'
import type { Refusal } from '../../lib/refusal.ts'
import { t } from '../text.ts'
import { sayWhen } from '../when.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

const glyphs: Record<Refusal['code'], GlyphName> = {
  room_ended: 'ended',
  link_ended: 'ended',
  link_revoked: 'ended',
  link_used_up: 'ended',
  removed: 'poor',
  blocked: 'poor',
  moved: 'fair',
  not_started: 'scheduled',
  not_admitted: 'waiting',
  not_found: 'poor',
  too_many: 'fair',
  room_full: 'fair',
}

interface Words {
  title: string
  lead: string
  /** When it is known since when. */
  at?: (when: string) => string
}

interface RefusedDoorProps {
  refusal: Refusal
  /** They were not in before: a removal turned them away at the door. */
  knocked?: true
  watchHere(): void
}

/** The true reason, and what to do about it. */
export function RefusedDoor({ refusal, knocked, watchHere }: RefusedDoorProps) {
  const { code, reason } = refusal
  const words: Words =
    code === 'room_full' ? d.roomFull : code === 'removed' && knocked ? d.turnedAway : d.refused[code]
  const when =
    refusal.endedAt === undefined ? null : sayWhen(Date.parse(refusal.endedAt), Date.now(), t.times)
  return (
    <Door
      alert
      glyph={glyphs[code]}
      title={words.title}
      lead={words.at && when !== null ? words.at(when) : words.lead}
    >
      {reason && (
        <blockquote class="host-words">
          <p class="dim">{d.hostWrote}</p>
          <p>{reason}</p>
        </blockquote>
      )}
      {code === 'moved' && (
        <div class="row">
          <button type="button" class="button primary" onClick={watchHere}>
            {d.watchHere}
          </button>
        </div>
      )}
    </Door>
  )
}
