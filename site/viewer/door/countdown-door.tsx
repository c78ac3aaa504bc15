import { useSeconds } from '../../lib/use-seconds.ts'
import { DisplayCheckPlace } from '../display-check/place.tsx'
import type { Live } from '../live/room-store.ts'
import { t } from '../text.ts'
import { countDown, sayWhen } from '../when.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

interface CountdownDoorProps {
  title: string
  /** ISO 8601; null when nobody knows. */
  opensAt: string | null
  /** The server's clock minus ours, in ms: a wrong clock here must not count to a wrong moment. */
  skew: number
  demo: boolean
  live: Live
}

export function CountdownDoor({ title, opensAt, skew, demo, live }: CountdownDoorProps) {
  const at = opensAt === null ? null : Date.parse(opensAt)
  const seconds = useSeconds(at === null ? null : at - skew)
  if (at === null)
    return <Door glyph="scheduled" title={title} lead={d.refused.not_started.lead} demo={demo} />
  const { days, clock } = countDown(seconds * 1000)
  const left = days > 0 ? d.countdown.inDays(days, clock) : clock
  const lead = d.countdown.lead(sayWhen(at, Date.now() + skew, t.times))
  return (
    <Door glyph="scheduled" title={title} lead={lead} split demo={demo}>
      <div class="countdown num" role="timer" aria-label={d.countdown.label(left)}>
        {left}
      </div>
      <DisplayCheckPlace live={live} close={null} />
    </Door>
  )
}
