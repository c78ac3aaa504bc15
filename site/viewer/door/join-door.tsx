import { useEffect, useRef, useState } from 'preact/hooks'
import { Glyph } from '../../lib/glyph.tsx'
import { useSeconds } from '../../lib/use-seconds.ts'
import type { Needs, PinFault } from '../api.ts'
import { sayPin } from '../say-pin.ts'
import type { Given } from '../visit.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

interface JoinDoorProps {
  needs: Needs
  fault: PinFault | null
  busy: boolean
  given: Given
  submit(given: Given): void
}

type Missing = 'name' | 'pin' | null

/** Asks only for what the link wants. */
export function JoinDoor({ needs, fault, busy, given, submit }: JoinDoorProps) {
  const name = useRef<HTMLInputElement>(null)
  const pin = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<Missing>(null)

  useEffect(() => {
    if (busy) return
    if (fault && pin.current) pin.current.value = ''
    const first = needs.name && !fault ? name : pin
    ;(first.current ?? name.current)?.focus()
  }, [fault, busy, needs.name])

  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (busy) return
    const typed: Given = {}
    if (needs.name) typed.name = name.current?.value.trim() ?? ''
    if (needs.pin) typed.pin = pin.current?.value.replace(/\D/g, '') ?? ''
    const lacks = typed.name === '' ? 'name' : typed.pin === '' ? 'pin' : null
    setMissing(lacks)
    if (lacks) (lacks === 'name' ? name : pin).current?.focus()
    else submit(typed)
  }

  const { join } = d
  const lead = needs.name && needs.pin ? join.both : needs.pin ? join.pin : join.name
  return (
    <Door title={join.title} lead={lead} split>
      <form onSubmit={send} noValidate>
        {needs.name && (
          <div class="field">
            <label for="name">{d.form.name}</label>
            <input
              id="name"
              ref={name}
              class="input large"
              autocomplete="name"
              maxLength={80}
              defaultValue={given.name ?? ''}
              aria-invalid={missing === 'name'}
              aria-describedby="fault"
            />
          </div>
        )}
        {needs.pin && (
          <div class="field">
            <label for="pin">
              {d.form.pin} <span class="dim">{d.form.pinFrom}</span>
            </label>
            <input
              id="pin"
              ref={pin}
              class="input large pin-input"
              inputMode="numeric"
              autocomplete="one-time-code"
              maxLength={12}
              aria-invalid={missing === 'pin' || (fault !== null && missing === null)}
              aria-describedby="fault"
            />
          </div>
        )}
        <Fault id="fault" fault={fault} missing={missing} />
        <button type="submit" class="button primary large wide" aria-busy={busy}>
          {d.form.join}
        </button>
      </form>
    </Door>
  )
}

function Fault({ id, fault, missing }: { id: string; fault: PinFault | null; missing: Missing }) {
  const wait = useSeconds(fault?.code === 'pin_locked' ? fault.until : null)
  const { form } = d
  const said =
    missing === 'name' ? form.nameMissing : missing === 'pin' ? form.pinMissing : fault && sayPin(fault, wait)
  return (
    <p id={id} class="status poor" role="alert" hidden={!said}>
      {said && <Glyph name="poor" />}
      {said}
    </p>
  )
}
