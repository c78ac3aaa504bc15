import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { isRate, type Rate, rates } from '../../../timecode/rate.ts'
import type { TimecodeFault } from '../../../timecode/timecode.ts'
import type { Kit } from '../instruments/kit.tsx'
import { PanelForm } from '../panel/forms/panel-form.tsx'
import type { Acting } from '../panel/people/use-act.ts'
import { type Change, changed } from './changes.ts'
import { timecode as t } from './text.ts'
import { readTyped } from './typed.ts'

const { form } = t

interface TimecodeFormProps {
  kit: Kit
  acting: Acting
}

/** A host says what timecode the picture shows at the instant at which they press Enter; what is set can be put right. */
export function TimecodeForm({ kit, acting }: TimecodeFormProps) {
  const { live, moments } = kit
  const clock = live.room.value?.timecode ?? null
  const [rate, setRate] = useState<Rate>(clock?.rate ?? '25')
  const [fault, setFault] = useState<TimecodeFault | null>(null)
  const pressed = useRef(0)
  const id = useId()
  const close = () => {
    kit.settingTimecode.value = false
  }
  useEffect(() => close, [])

  /** When the frame was made that was on screen at the press: what the page did since then does not count. */
  const instant = () => moments.at(live.now() - Math.max(0, performance.now() - pressed.current)).at
  const note = (event: Event) => {
    pressed.current = event.timeStamp
  }

  async function change(wanted: Change, sentence?: string) {
    const next = changed(clock, wanted, instant())
    if (!next) return
    const { rate, frame, at, running } = next
    await acting.act({ type: 'timecode.set', rate, frame, at, running }, sentence)
  }

  function submit(fields: FormData) {
    const read = readTyped(String(fields.get('timecode') ?? ''), rate)
    setFault('fault' in read ? read.fault : null)
    if ('frame' in read) change({ rate, frame: read.frame }, form.done)
  }

  const button = (word: string, act: () => void) => (
    <button type="button" class="button" aria-busy={acting.busy} onClick={act}>
      {word}
    </button>
  )
  return (
    <div class="timecode-form" onKeyDownCapture={note} onPointerDownCapture={note}>
      <PanelForm
        title={t.set}
        says={form.says}
        send={form.send}
        busy={acting.busy}
        submit={submit}
        close={close}
      >
        {moments.clock()?.source === 'stream' && <p class="soft">{form.streamed}</p>}
        <div class="two">
          <div class="field">
            <label for={`${id}-timecode`}>{form.timecode}</label>
            <input
              id={`${id}-timecode`}
              name="timecode"
              class="input timecode"
              inputMode="numeric"
              autocomplete="off"
              placeholder="01:00:00:00"
              maxLength={16}
              required
              aria-invalid={fault !== null}
              aria-describedby={fault ? `${id}-fault` : undefined}
              onInput={() => setFault(null)}
            />
          </div>
          <div class="field">
            <label for={`${id}-rate`}>{form.rate}</label>
            <select
              id={`${id}-rate`}
              class="input"
              value={rate}
              onChange={({ currentTarget: { value } }) => isRate(value) && setRate(value)}
            >
              {rates.map(name => (
                <option key={name} value={name}>
                  {t.rates[name]}
                </option>
              ))}
            </select>
          </div>
        </div>
        {fault && (
          <p id={`${id}-fault`} role="alert">
            {form.faults[fault]}
          </p>
        )}
        {clock && (
          <div class="row">
            {button(clock.running ? form.pause : form.goOn, () => change({ running: !clock.running }))}
            {button(form.earlier, () => change({ by: -1 }))}
            {button(form.later, () => change({ by: 1 }))}
            {button(form.clear, () => acting.act({ type: 'timecode.clear' }, form.cleared))}
          </div>
        )}
      </PanelForm>
    </div>
  )
}
