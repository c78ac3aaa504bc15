import type { ApiFailure } from '../api/failure.ts'
import type { Faults } from '../forms/faults.ts'
import { type Refused, refused } from '../forms/refused.ts'
import { useEdit } from '../forms/use-edit.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EditDialog } from '../ui/edit-dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
import { SwitchRow } from '../ui/switch-row.tsx'
import {
  emptySubroomDraft,
  newSubroomBody,
  type SubroomDraft,
  subroomBody,
  subroomDraft,
  subroomFaults,
} from './subroom-draft.ts'
import type { SubroomAct } from './subroom-list.tsx'

interface SubroomDialogsProps {
  roomId: string
  act: SubroomAct
  onClose: () => void
  onChanged: () => void
}

/** Making a sub-room, changing one, deleting one. */
export function SubroomDialogs({ roomId, act, onClose, onChanged }: SubroomDialogsProps) {
  const s = t.roomSettings.subrooms
  const done = (sentence: string) => {
    onClose()
    announce(sentence)
    onChanged()
  }
  if (act.which === 'new') return <NewSubroomDialog roomId={roomId} onClose={onClose} onMade={done} />
  const { name, title } = act.subroom
  if (act.which === 'edit')
    return <EditSubroomDialog roomId={roomId} name={name} onClose={onClose} onSaved={() => done(s.saved)} />
  return (
    <ConfirmDialog
      title={s.deleteTitle(title)}
      says={[s.deleteSay, s.deleteEnd]}
      word={s.delete}
      onClose={onClose}
      act={async () => {
        await api.deleteSubroom(roomId, name)
        announce(s.deleted(title))
        onChanged()
      }}
    />
  )
}

function SubroomFields(props: {
  draft: SubroomDraft
  faults: Faults
  onDraft: (draft: SubroomDraft) => void
  making?: boolean
}) {
  const { draft, faults, onDraft, making = false } = props
  const s = t.roomSettings.subrooms
  const text = (name: 'name' | 'title' | 'lockMessage') => ({
    label: s.fields[name],
    value: draft[name],
    fault: faults[name],
    onValue: (value: string) => onDraft({ ...draft, [name]: value }),
  })
  return (
    <>
      {making && <TextField {...text('name')} hint={s.nameHint} maxLength={64} mono first />}
      <TextField {...text('title')} placeholder={draft.name} maxLength={200} first={!making} />
      <SwitchRow
        label={s.fields.locked}
        says={s.lockedSays}
        on={draft.locked}
        onChange={locked => onDraft({ ...draft, locked })}
      />
      {draft.locked && (
        <TextField {...text('lockMessage')} hint={t.roomSettings.hints.lockMessage} maxLength={500} />
      )}
    </>
  )
}

/** A refused sub-room: what belongs under a field, and what concerns the whole form. */
function refusal(failure: ApiFailure): Refused {
  if (failure.code === 'subroom_taken')
    return { faults: { name: { is: 'said', sentence: t.roomSettings.subrooms.taken } }, failure: null }
  return refused(failure, { 'lock.message': 'lockMessage' })
}

function NewSubroomDialog(props: {
  roomId: string
  onClose: () => void
  onMade: (sentence: string) => void
}) {
  const { roomId, onClose, onMade } = props
  const s = t.roomSettings.subrooms

  const making = useMaking({
    empty: emptySubroomDraft,
    check: subroomFaults,
    async make(draft) {
      await api.createSubroom(roomId, newSubroomBody(draft))
      onMade(s.made(draft.title.trim() || draft.name))
    },
    refusal,
  })

  return (
    <MakingDialog title={s.new} word={s.make} making={making} onClose={onClose}>
      <SubroomFields draft={making.draft} faults={making.faults} making onDraft={making.setDraft} />
    </MakingDialog>
  )
}

function EditSubroomDialog(props: {
  roomId: string
  name: string
  onClose: () => void
  onSaved: () => void
}) {
  const { roomId, name, onClose, onSaved } = props
  const s = t.roomSettings.subrooms
  const edit = useEdit<SubroomDraft>({
    async read() {
      const { value, etag } = await api.subroomNow(roomId, name)
      return { draft: subroomDraft(value), etag }
    },
    async write(base, draft, etag) {
      const body = subroomBody(base, draft)
      if (Object.keys(body).length > 0) await api.changeSubroom(roomId, name, body, etag)
    },
    check: subroomFaults,
    refusal,
    onSaved,
  })
  return (
    <EditDialog
      title={s.editTitle(name)}
      edit={edit}
      onClose={onClose}
      label={field => s.fields[field]}
      say={(_, value) => (typeof value === 'boolean' ? (value ? t.yes : t.no) : t.form.quote(value))}
    >
      {draft => <SubroomFields draft={draft} faults={edit.faults} onDraft={edit.setDraft} />}
    </EditDialog>
  )
}
