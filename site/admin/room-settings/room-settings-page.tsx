import { useState } from 'preact/hooks'
import { useLoaded } from '../api/use-loaded.ts'
import { refused } from '../forms/refused.ts'
import { useEdit } from '../forms/use-edit.ts'
import { api, may } from '../session.ts'
import { SettingsFrame } from '../settings/settings-frame.tsx'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ChangesNote } from '../ui/changes-note.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Status } from '../ui/glyph.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ExportGalene } from './export-galene.tsx'
import {
  AutoSubrooms,
  ChatGroup,
  CompatibilityGroup,
  DoorGroup,
  HostsGroup,
  PictureGroup,
  PublicGroup,
} from './setting-groups.tsx'
import { type SettingsDraft, settingsBody, settingsDraft, settingsFaults } from './settings-draft.ts'
import { SubroomDialogs } from './subroom-dialogs.tsx'
import { type SubroomAct, SubroomList } from './subroom-list.tsx'

/** How a room behaves: its door, its hosts, its chat, who else sees it. */
export function RoomSettingsPage({ id }: { id: string }) {
  const [title, setTitle] = useState('')
  const [saved, setSaved] = useState(false)
  const [act, setAct] = useState<SubroomAct | null>(null)
  const subrooms = useLoaded(() => api.subrooms(id))
  const s = t.roomSettings
  const edit = useEdit<SettingsDraft>({
    async read() {
      const { value, etag } = await api.roomNow(id)
      setTitle(value.title)
      return { draft: settingsDraft(value), etag }
    },
    async write(base, draft, etag) {
      const body = settingsBody(base, draft)
      if (Object.keys(body).length > 0) await api.changeRoom(id, body, etag)
    },
    check: settingsFaults,
    refusal: failure => refused(failure, { 'lock.message': 'lockMessage' }),
    onSaved() {
      announce(s.saved)
      setSaved(true)
      void edit.load()
    },
  })
  const { draft, failure } = edit
  const head = <PageHead title={s.title} crumb={title || t.room.title} crumbTo={{ page: 'room', id }} />

  if (!draft)
    return (
      <>
        {head}
        {failure?.status === 404 ? (
          <EmptyState title={t.room.gone} says={t.room.goneSay} />
        ) : failure ? (
          <ErrorState title={t.room.notLoaded} failure={failure} onRetry={() => void edit.load()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        )}
      </>
    )
  const groups = {
    draft,
    faults: edit.faults,
    onDraft(next: SettingsDraft) {
      setSaved(false)
      edit.setDraft(next)
    },
  }
  return (
    <>
      {head}
      <form
        class="room-settings"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void edit.save()
        }}
      >
        <DoorGroup {...groups} />
        <HostsGroup {...groups} />
        <PictureGroup {...groups} />
        <ChatGroup {...groups} />
        <PublicGroup {...groups} />
        <SettingsFrame {...s.groups.subrooms}>
          <AutoSubrooms {...groups} />
          <SubroomList from={subrooms} onAct={setAct} />
        </SettingsFrame>
        <CompatibilityGroup {...groups} />
        {may('links:write') && (
          <SettingsFrame {...s.groups.file}>
            <ExportGalene roomId={id} />
          </SettingsFrame>
        )}
        <div class="save-bar">
          <ChangesNote
            changes={edit.changes}
            label={field => s.fields[field]}
            say={saySetting}
            onTake={(field, value) => edit.setDraft({ ...draft, [field]: value })}
          />
          <FailureNote failure={failure} />
          <div class="row">
            <Button kind="primary" type="submit" disabled={edit.busy}>
              {t.save}
            </Button>
            {saved && <Status is="good">{s.saved}</Status>}
          </div>
        </div>
      </form>
      {act && (
        <SubroomDialogs
          roomId={id}
          act={act}
          onClose={() => setAct(null)}
          onChanged={() => void subrooms.load()}
        />
      )}
    </>
  )
}

/** A setting's value in a sentence. */
function saySetting(field: keyof SettingsDraft, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (field === 'endAfter') return value === '' ? t.roomSettings.never : t.roomSettings.minutes(Number(value))
  if (field === 'watermark') return t.watermark.modes[value as SettingsDraft['watermark']]
  if (field === 'history')
    return value === '' ? t.roomSettings.wholeLife : t.roomSettings.minutes(Number(value))
  return value === '' ? t.form.nothing : t.form.quote(value)
}
