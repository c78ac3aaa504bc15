import { useEffect, useRef } from 'preact/hooks'
import { formatTimecode } from '../../../timecode/timecode.ts'
import type { Kit } from '../instruments/kit.tsx'
import { timecode as t } from './text.ts'

/** The timecode of the picture on this screen, beside the sound; for a host also the way to set it. Nothing without one. */
export function Readout({ kit }: { kit: Kit }) {
  const known = kit.moments.clock()
  if (!known) return null
  const { rate } = known.clock
  const shown = (
    <>
      <Digits kit={kit} running={known.clock.running} />
      <small>{t.fps(rate.replace('df', ' DF'))}</small>
      {known.source === 'stream' && <small class="narrow-off">{t.fromStream}</small>}
    </>
  )
  if (!kit.live.you.value?.permissions.includes('op'))
    return (
      <p class="timecode readout">
        <span class="sr">{t.label}</span>
        {shown}
      </p>
    )
  return (
    <button
      type="button"
      class="button ghost timecode readout"
      aria-label={t.change(t.rates[rate])}
      title={t.set}
      onClick={() => {
        kit.settingTimecode.value = true
        kit.openPanel('people')
      }}
    >
      {shown}
    </button>
  )
}

/**
 * Written anew with each repaint while it runs, and only if it changed. A page that is out of sight is not repainted, and
 * while the bar is away there is none of it.
 */
function Digits({ kit, running }: { kit: Kit; running: boolean }) {
  const place = useRef<HTMLSpanElement>(null)
  const known = kit.moments.clock()
  useEffect(() => {
    let frame = 0
    const write = () => {
      const { frame: count, rate } = kit.moments.now()
      const text = count === null || rate === null ? '' : formatTimecode(count, rate)
      if (place.current && place.current.textContent !== text) place.current.textContent = text
      if (running) frame = requestAnimationFrame(write)
    }
    write()
    return () => cancelAnimationFrame(frame)
  }, [kit, running, known?.clock.frame, known?.clock.rate, known?.clock.at])
  return <span ref={place} class="digits" />
}
