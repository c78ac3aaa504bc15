import type { Change } from '../forms/merge.ts'
import { useEdit } from '../forms/use-edit.ts'
import { type RoomDraft, roomChangeBody, roomDraft, roomFaults } from '../rooms/room-draft.ts'
import { roomFailure } from '../rooms/room-failure.ts'
import { RoomFields } from '../rooms/room-fields.tsx'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { fromLocalInput, readerZone } from '../time/zone.ts'
import { EditDialog } from '../ui/edit-dialog.tsx'

interface EditRoomDialogProps {
  id: string
  onClose: () => void
  onSaved: () => void
}

/** Changes what was said about a room. */
export function EditRoomDialog({ id, onClose, onSaved }: EditRoomDialogProps) {
  const zone = readerZone()
  const edit = useEdit<RoomDraft>({
    async read() {
      const { value, etag } = await api.roomNow(id)
      return { draft: roomDraft(value, zone), etag }
    },
    async write(base, draft, etag) {
      const body = roomChangeBody(base, draft, zone)
      if (Object.keys(body).length > 0) await api.changeRoom(id, body, etag)
    },
    check: draft => ({
      ...roomFaults(draft, zone),
      ...(draft.slug === '' ? { slug: { is: 'empty' } as const } : {}),
    }),
    refusal: roomFailure,
    onSaved,
  })
  return (
    <EditDialog
      title={t.room.edit}
      edit={edit}
      onClose={onClose}
      label={field => t.room.fields[field]}
      say={sayRoomValue}
    >
      {draft => <RoomFields draft={draft} faults={edit.faults} onDraft={edit.setDraft} existing />}
    </EditDialog>
  )
}

/** A field's value in a sentence. */
function sayRoomValue(field: Change<RoomDraft>['field'], value: string | boolean): string {
  if (value === '' || typeof value === 'boolean') return t.form.nothing
  if (field === 'startsAt' || field === 'endsAt') {
    const time = fromLocalInput(value, readerZone())
    return time.is === 'at' ? sayWhen(Date.parse(time.iso), here()) : value
  }
  return field === 'lease' ? t.room.leaseOf(Number(value)) : t.form.quote(value)
}
