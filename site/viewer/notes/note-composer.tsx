import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../lib/icon.tsx'
import type { Kit } from '../instruments/kit.tsx'
import type { Grabbed } from '../stills/stills.ts'
import { type NoteColor, noteColors } from './colors.ts'
import { type Draft, shifted, takenOff } from './draft.ts'
import { sayMoment } from './say-moment.ts'
import { notes } from './text.ts'

const t = notes.composer

/** Writes a note about the frame that was on screen when it was begun. */
export function NoteComposer({ kit, draft }: { kit: Kit; draft: Draft }) {
  const { notes: service, drawing, stills, live } = kit
  const field = useRef<HTMLTextAreaElement>(null)
  const still = useStill(kit)
  const [withStill, setWithStill] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => field.current?.focus(), [])
  const { moment, text, color } = draft
  const marks = drawing.marks.value.length
  const change = (next: Partial<Draft>) => {
    service.draft.value = { ...draft, ...next }
  }
  const shift = (frames: number) => change({ moment: shifted(moment, frames, live.now()) })

  const cancel = () => {
    drawing.end()
    drawing.take()
    service.draft.value = null
  }
  const post = async () => {
    if (!text.trim() || busy) return
    setBusy(true)
    const kept = withStill && still && live.connected.value ? await stills.keep(still) : null
    drawing.end()
    const drawn = drawing.take()
    service.post({
      ...(drawn ? { drawing: drawn } : {}),
      ...(kept && 'id' in kept ? { stillId: kept.id } : {}),
    })
    setBusy(false)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      cancel()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void post()
    }
  }

  return (
    <form
      class="note-composer"
      aria-label={t.label}
      onKeyDown={pressed}
      onSubmit={event => {
        event.preventDefault()
        void post()
      }}
    >
      <div class="tc-row">
        <span class="timecode">{sayMoment(moment)}</span>
        {moment.frame !== null && (
          <>
            <button type="button" class="button ghost" aria-label={t.earlier} onClick={() => shift(-1)}>
              −1
            </button>
            <button type="button" class="button ghost" aria-label={t.later} onClick={() => shift(1)}>
              +1
            </button>
          </>
        )}
      </div>
      <textarea
        ref={field}
        class="input"
        rows={3}
        maxLength={4000}
        aria-label={t.text}
        value={text}
        onInput={event => change({ text: event.currentTarget.value })}
      />
      <div class="opts">
        {still && (
          <label class="check">
            <input
              type="checkbox"
              checked={withStill}
              onInput={event => setWithStill(event.currentTarget.checked)}
            />
            {t.still}
          </label>
        )}
        <button type="button" class="button ghost" onClick={() => drawing.begin(true)}>
          <Icon name="pen" />
          {marks > 0 ? t.drawing(marks) : t.draw}
        </button>
      </div>
      <div class="row">
        <label class="note-color">
          <span class="sr">{t.color}</span>
          <select
            class="input"
            value={color}
            onChange={event => change({ color: event.currentTarget.value as NoteColor })}
          >
            {noteColors.map(name => (
              <option key={name} value={name}>
                {notes.colors[name]}
              </option>
            ))}
          </select>
        </label>
        <span class="grow" />
        <button type="button" class="button ghost" onClick={cancel}>
          {t.cancel}
        </button>
        <button
          type="submit"
          class="button primary"
          title={t.postTitle}
          disabled={!text.trim()}
          aria-busy={busy}
        >
          {t.post}
        </button>
      </div>
      <p class="caption dim">{sayTaken(draft)}</p>
    </form>
  )
}

function sayTaken({ moment }: Draft): string {
  const taken = takenOff(moment)
  if (!taken) return t.noDelay
  return 'frames' in taken ? t.backFrames(taken.frames) : t.backMs(taken.ms)
}

/** The frame that was on screen when the note was begun; null when there was none. */
function useStill({ stills }: Kit): Grabbed | null {
  const [still, tell] = useState<Grabbed | null>(null)
  useEffect(() => {
    let gone = false
    let taken: Grabbed | null = null
    void stills.grab().then(grabbed => {
      if (typeof grabbed === 'string' || 'fault' in grabbed) return
      taken = grabbed
      if (gone) void stills.remove(grabbed)
      else tell(grabbed)
    })
    return () => {
      gone = true
      // What was kept is the room's by now; what was not is nobody's.
      if (taken) void stills.remove(taken)
    }
  }, [stills])
  return still
}
