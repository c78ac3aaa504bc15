import { useId } from 'preact/hooks'
import { Glyph } from '../../lib/glyph.tsx'
import type { Live } from '../live/room-store.ts'
import { adviceFor } from './advice.ts'
import { readDisplay } from './display.ts'
import { Plate } from './plate.tsx'
import { t } from './text.ts'
import { wishChecked, wished } from './wish.ts'

interface DisplayCheckProps {
  live: Live
  /** Back to where it was opened; null before a door, where it simply stands. */
  close: (() => void) | null
}

/** A picture to judge black and white by, what the browser reports of the display, and advice for the device. */
export function DisplayCheck({ live, close }: DisplayCheckProps) {
  const title = useId()
  return (
    <section class="display-check" aria-labelledby={title}>
      <h3 id={title}>{close ? t.title : t.waiting}</h3>
      <Plate />
      <ol>
        {t.look.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <Checked live={live} close={close} />
      <h4>{t.advice.title}</h4>
      <ul>
        {adviceFor(navigator).map(name => (
          <li key={name}>{t.advice[name]}</li>
        ))}
      </ul>
      <Reported />
      <p class="dim">{t.limit}</p>
    </section>
  )
}

/** What somebody says of it themselves. */
function Checked({ live, close }: DisplayCheckProps) {
  const you = live.you.value
  const known = you?.displayChecked ?? false
  const checked = wished.value ?? known
  const inside = you?.state === 'admitted'
  return (
    <div class="row" role="status">
      {checked ? (
        <>
          <span class="status good grow">
            <Glyph name="good" />
            <span>{inside ? t.checked : t.willTell}</span>
          </span>
          <button type="button" class="button ghost" onClick={() => wishChecked(false)}>
            {t.takeBack}
          </button>
        </>
      ) : (
        <button type="button" class="button primary" onClick={() => wishChecked(true)}>
          {t.check}
        </button>
      )}
      {close && (
        <button type="button" class="button" onClick={close}>
          {t.back}
        </button>
      )}
    </div>
  )
}

function Reported() {
  const { reported } = t
  const { gamut, range, depth, scale } = readDisplay()
  const video = matchMedia('(video-dynamic-range: high)').matches ? 'high' : 'standard'
  return (
    <>
      <h4>{reported.title}</h4>
      <dl class="kv">
        <dt>{reported.gamut}</dt>
        <dd>{gamut === null ? reported.unknown : reported.gamuts[gamut]}</dd>
        <dt>{reported.range}</dt>
        <dd>{range === null ? reported.unknown : reported.ranges[range]}</dd>
        <dt>{reported.video}</dt>
        <dd>{reported.ranges[video]}</dd>
        <dt>{reported.depth}</dt>
        <dd class="num">{depth === null ? reported.unknown : reported.bits(depth)}</dd>
        <dt>{reported.scale}</dt>
        <dd class="num">{scale === null ? reported.unknown : reported.times(scale)}</dd>
      </dl>
    </>
  )
}
