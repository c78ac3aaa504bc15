import type { ComponentChildren } from 'preact'
import { Glyph } from '../../lib/glyph.tsx'
import { Icon } from '../../lib/icon.tsx'
import { useSeconds } from '../../lib/use-seconds.ts'
import type { PlayerReport } from '../../player/state.ts'
import type { Live } from '../live/room-store.ts'
import { shared, t } from '../text.ts'
import type { Files } from '../transfer/open.ts'
import { sayClock } from '../when.ts'
import { Offers } from './offers.tsx'
import type { Size } from './use-size.ts'
import type { Verdict } from './verdict.ts'

interface TopBarProps {
  screen: 'waiting' | 'playing' | 'held'
  title: string
  demo: boolean
  size: Size | null
  report: PlayerReport | null
  /** How the picture arrives. */
  verdict: ComponentChildren
  live: Live
  /** Opens the panel, where a host's messages stand; null while it is open. */
  notices: (() => void) | null
  /** Null before any can come or go. */
  files: Files | null
  /** Opens the list of people, or closes it. */
  people: { open: boolean; turn(): void }
}

export function TopBar({ screen, title, demo, size, report, verdict, live, ...panel }: TopBarProps) {
  const { notices, files, people } = panel
  const held = screen === 'held'
  return (
    <header class={held ? 'top-bar is-held' : 'top-bar'}>
      {held ? (
        <span class="held-banner" role="status">
          <Glyph name="held" />
          {t.held}
        </span>
      ) : (
        <span class="live-word">
          <Glyph name={screen === 'playing' ? 'live' : 'waiting'} />
          {screen === 'playing' ? t.live : t.waiting}
        </span>
      )}
      <h1 class="title trunc">{title}</h1>
      {held && report && <HeldSay report={report} />}
      {screen === 'playing' && size && (
        <span class="dim narrow-off wide-only trunc">{t.programme(size.width, size.height)}</span>
      )}
      <span class="spacer" />
      {notices && <NoticesButton live={live} open={notices} />}
      {files && <Offers files={files} open={notices} />}
      {demo && (
        <span class="tag narrow-off" title={shared.demo}>
          {t.demo}
        </span>
      )}
      <span class="verdict-place" role="status" aria-label={t.verdict.label}>
        {verdict}
      </span>
      <PeopleButton live={live} {...people} />
    </header>
  )
}

/** That a host has said something; what, stands in the panel. */
function NoticesButton({ live, open }: { live: Live; open(): void }) {
  const { length } = live.notices.value
  if (!length) return null
  return (
    <button type="button" class="button notices-button" onClick={open}>
      <Glyph name="fair" />
      {t.people.notices(length)}
    </button>
  )
}

/** How many are here; for hosts also, that somebody waits. */
function PeopleButton({ live, open, turn }: { live: Live; open: boolean; turn(): void }) {
  const here = live.people.value.length
  const waiting = live.waiting.value.length
  if (!here) return null
  const said = waiting ? `${t.people.here(here)}, ${t.people.waiting(waiting)}` : t.people.here(here)
  return (
    <button
      type="button"
      class="button ghost people-button"
      title={t.people.title}
      aria-label={said}
      aria-expanded={open}
      onClick={turn}
    >
      <Icon name="people" />
      <b class="num">{here}</b>
      {waiting > 0 && (
        <span class="count unread">
          <span class="narrow-off">{t.people.waiting(waiting)}</span>
          <span class="only-narrow">{waiting}</span>
        </span>
      )}
    </button>
  )
}

/** The words stay the same for a screen reader while the seconds pass. */
function HeldSay({ report }: { report: PlayerReport }) {
  const seconds = useSeconds(report.nextTryAt)
  const { stream, tries, stoodAt } = report
  const said =
    stream === 'none'
      ? t.heldSay.encoder
      : tries > 0 && seconds > 0
        ? t.heldSay.next(tries, seconds)
        : t.heldSay.now
  return (
    <span class="soft held-say">
      {said}
      {stoodAt !== null && <span class="narrow-off">{t.heldSay.last(sayClock(stoodAt, t.times))}</span>}
    </span>
  )
}

/** Until it is measured. */
export function VerdictWords({ verdict: { level, word, why } }: { verdict: Verdict }) {
  const long = why === 'seconds' ? t.verdict.secondsWhy : why === 'server' ? t.verdict.serverWhy : undefined
  return (
    <span class="verdict" title={long}>
      <span class="bars" data-level={level} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>
        <b>{t.verdict[word]}</b>
        {why && <span class="narrow-off"> · {t.verdict[why]}</span>}
      </span>
    </span>
  )
}
