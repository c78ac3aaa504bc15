import type { ComponentChildren } from 'preact'
import type { StreamNow } from '../../../worker/streams/now-schema.ts'
import { Icon } from '../../lib/icon.tsx'
import type { Player } from '../../player/player.ts'
import { streams as t } from '../../text/en.ts'
import type { Live } from '../live/room-store.ts'
import { Picture } from '../room/picture.tsx'
import { useSize } from '../room/use-size.ts'
import type { Mark } from '../watermark/layer.ts'
import { Watermark } from '../watermark/watermark.tsx'
import { type Place, placeOf } from './shown.ts'
import type { Streams } from './streams.ts'

interface GridProps {
  streams: Streams
  /** One pixel of the stream on one pixel of the display, when it is alone. */
  actual: boolean
  /** Who watches, over each of them. */
  mark: Mark | null
  live: Live
  /** What lies over the large picture. */
  children: ComponentChildren
}

const nameOf = ({ kind, label }: StreamNow) => (kind === 'programme' ? t.programme : label)

/** The streams beside the programme. They keep their order here, whichever is large: a picture that is moved on the page stops. */
export function StreamGrid({ streams, actual, mark, live, children }: GridProps) {
  const { players, layout } = streams
  return layout.value.shown.map(stream => {
    const player = players.value.get(stream.id)
    if (stream.kind === 'programme' || !player) return null
    const place = placeOf(stream.id, layout.value)
    const isTile = place.is === 'tile'
    return (
      <div key={stream.id} class={`stream other ${place.is}`} style={styleOf(place)}>
        <Picture player={player} label={stream.label} empty={false} actual={actual && place.is === 'alone'}>
          <Watermark mark={mark} live={live} />
          {isTile || place.is === 'aside' ? null : children}
        </Picture>
        <StreamTile stream={stream} player={player} place={place} streams={streams} />
      </div>
    )
  })
}

/** What stands on the stage at the place of the programme. */
export function programmePlace({ layout }: Streams): { class: string; style: Record<string, string> } | null {
  const { shown } = layout.value
  const programme = shown.find(({ kind }) => kind === 'programme')
  const place = programme && placeOf(programme.id, layout.value)
  return place && place.is !== 'alone' ? { class: place.is, style: styleOf(place) } : null
}

/** How many tiles there are, while the grid is open; else null. */
export function tilesOf({ layout }: Streams): number | null {
  const { open, shown } = layout.value
  return open ? shown.length - 1 : null
}

/** Under the programme, while the grid is open. */
export function ProgrammeTile({ streams }: { streams: Streams }) {
  const { shown } = streams.layout.value
  const programme = shown.find(({ kind }) => kind === 'programme')
  if (!programme) return null
  const place = placeOf(programme.id, streams.layout.value)
  const player = streams.players.value.get(programme.id) ?? null
  return <StreamTile stream={programme} player={player} place={place} streams={streams} />
}

const styleOf = (place: Place): Record<string, string> =>
  place.is === 'tile'
    ? { '--at': `${place.at}`, '--column': `${place.at % 2}`, '--row': `${Math.floor(place.at / 2)}` }
    : {}

interface TileProps {
  stream: StreamNow
  player: Player | null
  place: Place
  streams: Streams
}

/** What belongs to a stream in the grid: its name, its sound, and, over a tile, the way to make it large. */
function StreamTile({ stream, player, place, streams }: TileProps) {
  const size = useSize(player?.video.value ?? null)
  if (place.is === 'alone' || place.is === 'aside') return null
  const name = nameOf(stream)
  const isTile = place.is === 'tile'
  const sound = player?.sound.value
  return (
    <>
      {isTile && (
        <button
          type="button"
          class="stream-enlarge"
          title={t.enlarge(name)}
          aria-label={t.enlarge(name)}
          onClick={() => streams.enlarge(stream.id)}
        />
      )}
      <div class="stream-caption">
        <span class="grow trunc">{name}</span>
        {!isTile && size && <span class="dim num">{t.size(size.width, size.height)}</span>}
        {isTile && sound && player.audible.value && (
          <button
            type="button"
            class="button ghost icon-only"
            aria-label={sound.on ? t.mute(name) : t.unmute(name)}
            onClick={() => streams.setSound(stream.id, { ...sound, on: !sound.on })}
          >
            <Icon name={sound.on ? 'sound' : 'sound-off'} />
          </button>
        )}
      </div>
    </>
  )
}
