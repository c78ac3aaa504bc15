import type { Fault } from '../forms/faults.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import type { LinkDraft } from './link-draft.ts'
import { makePin, showPin } from './pin.ts'

interface PinFieldProps {
  draft: LinkDraft
  onDraft: (change: Partial<LinkDraft>) => void
  fault: Fault | undefined
}

/** A PIN to send apart from the link. One that is set cannot be read again, only replaced or taken away. */
export function PinField({ draft, onDraft, fault }: PinFieldProps) {
  const kept = draft.pin === 'keep'
  return (
    <Field label={t.links.fields.pin} hint={kept ? t.links.pinKept : t.links.pinHint} fault={fault}>
      {control => (
        <div class="row">
          <input
            {...control}
            class="input mono"
            inputMode="numeric"
            autoComplete="off"
            maxLength={16}
            placeholder={kept ? '••••••' : t.links.noPin}
            value={draft.pinDigits}
            onInput={e => {
              const pinDigits = e.currentTarget.value
              onDraft({ pinDigits, pin: pinDigits.trim() === '' ? 'none' : 'set' })
            }}
          />
          <Button onClick={() => onDraft({ pin: 'set', pinDigits: showPin(makePin()) })}>
            {t.links.makePin}
          </Button>
          {draft.pin !== 'none' && (
            <Button
              kind="ghost"
              label={t.links.removePinLabel}
              onClick={() => onDraft({ pin: 'none', pinDigits: '' })}
            >
              {t.links.removePin}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
