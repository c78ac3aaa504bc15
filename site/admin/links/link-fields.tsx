import type { Room } from '../api/client.ts'
import type { Faults } from '../forms/faults.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { fromLocalInput, readerZone } from '../time/zone.ts'
import { ChoiceField } from '../ui/choice-field.tsx'
import { TextField } from '../ui/field.tsx'
import { SwitchRow } from '../ui/switch-row.tsx'
import { TimeField } from '../ui/time-field.tsx'
import { watermarkChoices } from '../ui/watermarks.ts'
import type { LinkDraft, LinkOpens } from './link-draft.ts'
import { opensChoices } from './opens.ts'
import { PinField } from './pin-field.tsx'
import { RolePick } from './role-pick.tsx'
import { WayIn } from './way-in.tsx'

interface LinkFieldsProps {
  room: Room
  draft: LinkDraft
  onDraft: (draft: LinkDraft) => void
  faults: Faults
  /** The link is not there yet: only now can the way in be chosen. */
  making?: boolean
}

/** What can be said about a link, for making and for editing one. */
export function LinkFields({ room, draft, onDraft, faults, making = false }: LinkFieldsProps) {
  const set = (change: Partial<LinkDraft>) => onDraft({ ...draft, ...change })
  const f = t.links.fields
  const signIn = draft.way === 'sign-in'
  return (
    <>
      {making && <WayIn draft={draft} onDraft={set} fault={faults.inviteValue} />}
      {!making && signIn && <p>{t.links.signIn[draft.inviteKind](draft.inviteValue)}</p>}
      <div class="two">
        <TextField
          label={f.label}
          hint={making && signIn ? t.links.labelSignIn : t.links.labelHint}
          value={draft.label}
          onValue={label => set({ label })}
          fault={faults.label}
          maxLength={80}
          first={!making || !signIn}
        />
        {!signIn && (
          <div class="field">
            <TextField
              label={f.name}
              placeholder={draft.askName ? t.links.theyChoose : t.links.noName}
              value={draft.name}
              onValue={name => set({ name })}
              fault={faults.name}
              maxLength={80}
            />
            {draft.name.trim() === '' && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={draft.askName}
                  onChange={e => set({ askName: e.currentTarget.checked })}
                />
                {f.askName}
              </label>
            )}
          </div>
        )}
      </div>
      <RolePick draft={draft} onDraft={set} />
      <SwitchRow
        label={f.waitingRoom}
        says={t.links.waitingRoomSays}
        on={draft.waitingRoom}
        onChange={waitingRoom => set({ waitingRoom })}
      />
      <ChoiceField
        label={f.opens}
        hint={t.links.opensWhat[draft.opens].does}
        fault={faults.opens}
        value={draft.opens}
        choices={opensChoices(draft.opens, may('links:everywhere'))}
        onValue={value => set({ opens: value as LinkOpens })}
      />
      <ChoiceField
        label={f.watermark}
        hint={t.watermark.hint}
        value={draft.watermark}
        choices={watermarkChoices(t.watermark.asRoom)}
        onValue={value => set({ watermark: value as LinkDraft['watermark'] })}
      />
      <div class="two">
        <TimeField
          label={f.startsAt}
          hint={t.links.startsHint}
          value={draft.startsAt}
          onValue={startsAt => set({ startsAt })}
          fault={faults.startsAt}
        />
        <TimeField
          label={f.endsAt}
          hint={untilHint(room, draft.endsAt)}
          value={draft.endsAt}
          onValue={endsAt => set({ endsAt })}
          fault={faults.endsAt}
        />
        {!signIn && <PinField draft={draft} onDraft={set} fault={faults.pinDigits} />}
        <TextField
          label={f.maxDevices}
          hint={t.links.devicesHint}
          placeholder={t.form.noLimit}
          numeric
          value={draft.maxDevices}
          onValue={maxDevices => set({ maxDevices })}
          fault={faults.maxDevices}
        />
        <TextField
          label={f.maxUses}
          hint={t.links.usesHint}
          placeholder={t.form.noLimit}
          numeric
          value={draft.maxUses}
          onValue={maxUses => set({ maxUses })}
          fault={faults.maxUses}
        />
      </div>
    </>
  )
}

/** A link that outlives its room does not open it. */
function untilHint(room: Room, typed: string): string {
  if (room.endsAt === null) return t.links.endsHint
  const end = fromLocalInput(typed, readerZone())
  const outlives = end.is === 'empty' || (end.is === 'at' && Date.parse(end.iso) > Date.parse(room.endsAt))
  return outlives ? t.links.roomEnds(sayWhen(Date.parse(room.endsAt), here())) : t.links.endsHint
}
