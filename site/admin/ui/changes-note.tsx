import { useEffect, useRef } from 'preact/hooks'
import type { Change } from '../forms/merge.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { Glyph } from './glyph.tsx'

interface ChangesNoteProps<D> {
  changes: readonly Change<D>[]
  label: (field: keyof D) => string
  say: (field: keyof D, value: string | boolean) => string
  /** Takes somebody else's value in place of one's own typing. */
  onTake: (field: keyof D, value: string | boolean) => void
}

/** After a 412: what somebody else changed, beside what was typed here and is kept. */
export function ChangesNote<D>({ changes, label, say, onTake }: ChangesNoteProps<D>) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [changes])
  if (changes.length === 0) return null
  return (
    <div class="changes" role="alert" ref={box}>
      <p class="row">
        <Glyph is="fair" />
        <b>{t.form.changed}</b>
      </p>
      <ul>
        {changes.map(change => (
          <li key={String(change.field)}>
            <span>
              {t.form.change(
                label(change.field),
                say(change.field, change.was),
                say(change.field, change.now),
              )}
              {change.clash && ` ${t.form.kept}`}
            </span>
            {change.clash && (
              <Button onClick={() => onTake(change.field, change.now)}>{t.form.takeTheirs}</Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
