import { SIZES } from '../colour/chart.ts'
import { Glyph } from '../lib/glyph.tsx'
import { Icon } from '../lib/icon.tsx'
import type { Choice } from './fit.ts'
import type { Said } from './say.ts'
import { t } from './text.ts'

interface BarProps {
  shown: boolean
  said: Said[]
  choice: Choice
  choose(choice: Choice): void
  download(): void
  /** null where the browser has no full screen for a page. */
  full: { on: boolean; toggle(): void } | null
}

/** What can be done with the chart: over its lower edge, and only while somebody moves a pointer or is inside. */
export function Bar({ shown, said, choice, choose, download, full }: BarProps) {
  return (
    <section class={shown ? 'chart-bar' : 'chart-bar away'} aria-label={t.bar}>
      <div class="said" role="status">
        {said.map(({ glyph, words }) => (
          <p key={words} class="status">
            <Glyph name={glyph} />
            <span>{words}</span>
          </p>
        ))}
      </div>
      <label class="size">
        <span>{t.size}</span>
        <select
          class="input"
          value={choice}
          onChange={event => choose((event.currentTarget as HTMLSelectElement).value as Choice)}
        >
          <option value="window">{t.window}</option>
          {SIZES.map(size => (
            <option key={size} value={size}>
              {size.replace('x', ' × ')}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={download}>
        <Icon name="download" />
        {t.download}
      </button>
      {full && (
        <button type="button" class="button" onClick={full.toggle}>
          <Icon name="full" />
          {full.on ? t.leave : t.full}
        </button>
      )}
    </section>
  )
}
