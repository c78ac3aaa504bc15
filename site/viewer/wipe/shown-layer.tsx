import { useEffect, useState } from 'preact/hooks'
import type { ShownStill } from '../../../worker/live/messages/stills.ts'
import type { Desk } from '../instruments/desk.ts'
import type { Stills } from '../stills/stills.ts'
import { words } from '../stills/text.ts'
import type { Wipe } from './wipe.ts'

interface ShownLayerProps {
  desk: Pick<Desk, 'live'>
  stills: Stills
  wipe: Wipe
}

/** The still that somebody shows to all, over the whole picture, until they stop or one puts it away for oneself. */
export function ShownLayer({ desk: { live }, stills, wipe }: ShownLayerProps) {
  const still = live.shown.value
  if (!still || wipe.away.value === still) return null
  const { permissions = [], id } = live.you.value ?? {}
  const may = permissions.includes('op') || permissions.includes('present')
  return (
    <Shown key={still.id} still={still} own={still.by.id === id} stop={may} stills={stills} wipe={wipe} />
  )
}

interface ShownProps extends Pick<ShownLayerProps, 'stills' | 'wipe'> {
  still: ShownStill
  own: boolean
  /** They may end it for all. */
  stop: boolean
}

function Shown({ still, own, stop, stills, wipe }: ShownProps) {
  const [url, tell] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    stills.urlOf(still.id).then(address => {
      if (!gone) tell(address)
    })
    return () => {
      gone = true
    }
  }, [still, stills])
  if (url === null) return null
  const away = () => {
    wipe.away.value = still
  }
  return (
    <div class="wipe-layer">
      <img src={url} alt={still.name} />
      <div class="plate shown-say" role="status">
        <span>{own ? words.shown.byYou : words.shown.by(still.by.name)}</span>
        <button
          type="button"
          class="button ghost"
          onClick={() => {
            away()
            wipe.compare({ name: still.name, url })
          }}
        >
          {words.shown.compare}
        </button>
        <button type="button" class="button ghost" onClick={away}>
          {words.shown.away}
        </button>
        {stop && (
          <button type="button" class="button ghost" onClick={() => void stills.hide()}>
            {words.shown.stop}
          </button>
        )}
      </div>
    </div>
  )
}
