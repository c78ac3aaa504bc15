import { useState } from 'preact/hooks'
import type { ToClient } from '../../../../worker/live/protocol.ts'
import type { Saying } from '../../live/outcome.ts'
import type { Live } from '../../live/room-store.ts'
import { panel as t } from '../text.ts'

/** What came of the last thing that was done. */
export interface Said {
  is: 'done' | 'refused'
  sentence: string
}

export interface Acting {
  said: Said | null
  /** Something is under way. */
  busy: boolean
  /**
   * Has the room do something. Resolves with the room's answer, or with null when it was not done; then why is in `said`.
   * @param sentence what is said when it is done, if that is not seen anyway
   */
  act(saying: Saying, sentence?: string): Promise<ToClient | null>
  clear(): void
}

/** Does things to people and to the room, and keeps what came of it. */
export function useAct(live: Live): Acting {
  const [said, say] = useState<Said | null>(null)
  const [busy, setBusy] = useState(false)
  return {
    said,
    busy,
    async act(saying, sentence) {
      setBusy(true)
      const outcome = await live.send(saying)
      setBusy(false)
      if ('done' in outcome) {
        say(sentence === undefined ? null : { is: 'done', sentence })
        return outcome.done
      }
      say({ is: 'refused', sentence: 'lost' in outcome ? t.people.notAnswered : outcome.detail })
      return null
    },
    clear: () => say(null),
  }
}
