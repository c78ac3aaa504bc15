import type { Faults } from '../forms/faults.ts'
import { SettingsFrame } from '../settings/settings-frame.tsx'
import { t } from '../text.ts'
import { ChoiceField } from '../ui/choice-field.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { SwitchRow } from '../ui/switch-row.tsx'
import { watermarkChoices } from '../ui/watermarks.ts'
import { afterHostChoices, historyChoices } from './lengths.ts'
import type { SettingsDraft } from './settings-draft.ts'

interface GroupsProps {
  draft: SettingsDraft
  faults: Faults
  onDraft: (draft: SettingsDraft) => void
}

type Flag = { [F in keyof SettingsDraft]: SettingsDraft[F] extends boolean ? F : never }[keyof SettingsDraft]
type Text = Exclude<keyof SettingsDraft, Flag>

/** Ties controls to the form. */
function controlsOf({ draft, faults, onDraft }: GroupsProps) {
  const { fields, says } = t.roomSettings
  return {
    flag: (name: Flag & keyof typeof says) => ({
      label: fields[name],
      says: says[name],
      on: draft[name],
      onChange: (on: boolean) => onDraft({ ...draft, [name]: on }),
    }),
    text: (name: Text) => ({
      label: fields[name],
      value: draft[name],
      fault: faults[name],
      onValue: (value: string) => onDraft({ ...draft, [name]: value }),
    }),
  }
}

export function DoorGroup(props: GroupsProps) {
  const { flag, text } = controlsOf(props)
  const { groups, hints } = t.roomSettings
  return (
    <SettingsFrame {...groups.door}>
      <SwitchRow {...flag('waitingRoom')} />
      <SwitchRow {...flag('locked')} />
      {props.draft.locked && <TextField {...text('lockMessage')} hint={hints.lockMessage} maxLength={500} />}
      <SwitchRow {...flag('allowAnonymous')} />
    </SettingsFrame>
  )
}

export function HostsGroup(props: GroupsProps) {
  const { flag, text } = controlsOf(props)
  const { groups, hints } = t.roomSettings
  return (
    <SettingsFrame {...groups.hosts}>
      <SwitchRow {...flag('autolock')} />
      <SwitchRow {...flag('autokick')} />
      <ChoiceField
        {...text('endAfter')}
        hint={hints.endAfter}
        choices={afterHostChoices(props.draft.endAfter)}
      />
      <SwitchRow {...flag('presentersInvite')} />
      <SwitchRow {...flag('allowRecording')} />
    </SettingsFrame>
  )
}

export function PictureGroup(props: GroupsProps) {
  const { text } = controlsOf(props)
  return (
    <SettingsFrame {...t.roomSettings.groups.picture}>
      <ChoiceField {...text('watermark')} hint={t.watermark.hint} choices={watermarkChoices(null)} />
    </SettingsFrame>
  )
}

export function ChatGroup(props: GroupsProps) {
  const { text } = controlsOf(props)
  const { groups, hints } = t.roomSettings
  return (
    <SettingsFrame {...groups.chat}>
      <ChoiceField {...text('history')} hint={hints.history} choices={historyChoices(props.draft.history)} />
    </SettingsFrame>
  )
}

export function PublicGroup(props: GroupsProps) {
  const { flag, text } = controlsOf(props)
  const { groups, hints } = t.roomSettings
  return (
    <SettingsFrame {...groups.public}>
      <SwitchRow {...flag('public')} />
      <TextField {...text('contact')} hint={hints.contact} maxLength={500} />
      <TextArea {...text('comment')} hint={hints.comment} />
    </SettingsFrame>
  )
}

export function CompatibilityGroup(props: GroupsProps) {
  const { text } = controlsOf(props)
  const { groups, hints } = t.roomSettings
  return (
    <SettingsFrame {...groups.compatibility}>
      <TextField {...text('redirect')} hint={hints.redirect} placeholder="https://" mono />
      <TextField {...text('codecs')} hint={hints.codecs} placeholder={t.roomSettings.noPreference} mono />
      <TextField {...text('authServer')} hint={hints.authServer} placeholder="https://" mono />
      <TextField {...text('authPortal')} hint={hints.authPortal} placeholder="https://" mono />
    </SettingsFrame>
  )
}

export function AutoSubrooms(props: GroupsProps) {
  return <SwitchRow {...controlsOf(props).flag('autoSubrooms')} />
}
