import { useEffect, useState } from 'preact/hooks'
import { DisplayCheckPlace } from '../display-check/place.tsx'
import type { Live } from '../live/room-store.ts'
import type { Screen } from '../screen.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

type KnockDoorProps = Omit<Extract<Screen, { name: 'knock' }>, 'name'> & { live: Live }

/** Before the door of a room that is there: who can open it, and how long one has waited. */
export function KnockDoor({ waiting, message, title, person, demo, live }: KnockDoorProps) {
  const words = d.knock[waiting]
  return (
    <Door glyph="waiting" title={words.title} lead={words.lead} polite split demo={demo}>
      {message && (
        <blockquote class="host-words">
          <p>{message}</p>
        </blockquote>
      )}
      <dl class="kv">
        <dt>{d.knock.review}</dt>
        <dd>{title}</dd>
        <dt>{d.you}</dt>
        <dd>{person}</dd>
        <dt>{d.knock.waiting}</dt>
        <dd class="num">
          <Waited live={live} />
        </dd>
      </dl>
      <DisplayCheckPlace live={live} close={null} />
    </Door>
  )
}

/** Since the room knows of it; before that, since the page does. */
function Waited({ live }: { live: Live }) {
  const [opened] = useState(() => live.now())
  const [, tell] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tell(n => n + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  const { value: you } = live.you
  const since = you ? Date.parse(you.since) : opened
  const seconds = Math.max(0, Math.floor((live.now() - since) / 1000))
  return <>{d.knock.time(Math.floor(seconds / 60), seconds % 60)}</>
}
