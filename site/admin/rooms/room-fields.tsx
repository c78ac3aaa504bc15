import type { Faults } from '../forms/faults.ts'
import { t } from '../text.ts'
import { Field, TextArea, TextField } from '../ui/field.tsx'
import { TimeField } from '../ui/time-field.tsx'
import type { RoomDraft } from './room-draft.ts'

interface RoomFieldsProps {
  draft: RoomDraft
  onDraft: (draft: RoomDraft) => void
  faults: Faults
  /** The room exists: its address is in people's links. */
  existing?: boolean
}

/** Leases on offer, in s; the server takes 30 to 900. */
const LEASES = [30, 60, 120, 300, 600, 900]

/** What can be said about a room, for making and for editing one. */
export function RoomFields({ draft, onDraft, faults, existing = false }: RoomFieldsProps) {
  const field = <F extends keyof RoomDraft>(name: F) => ({
    label: t.room.fields[name],
    value: draft[name],
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
    fault: faults[name],
  })
  const leases = new Set([...LEASES.map(String), ...(draft.lease ? [draft.lease] : [])])
  return (
    <>
      <TextField {...field('title')} first maxLength={200} />
      <TextField
        {...field('slug')}
        mono
        placeholder={existing ? '' : t.room.slugPlaceholder}
        hint={existing ? t.room.slugChange : t.room.slugHint}
      />
      <TextArea {...field('description')} hint={t.room.descriptionHint} />
      <div class="two">
        <TimeField {...field('startsAt')} hint={t.room.startsHint} />
        <TimeField {...field('endsAt')} hint={t.room.endsHint} />
        <TextField {...field('maxViewers')} numeric placeholder={t.form.noLimit} hint={t.room.seatsHint} />
        <Field label={t.room.fields.lease} hint={t.room.leaseHint} fault={faults.lease}>
          {control => (
            <select
              {...control}
              class="input"
              value={draft.lease}
              onChange={e => onDraft({ ...draft, lease: e.currentTarget.value })}
            >
              <option value="">{t.room.leaseUsual}</option>
              {[...leases].map(seconds => (
                <option key={seconds} value={seconds}>
                  {t.room.leaseOf(Number(seconds))}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </>
  )
}
