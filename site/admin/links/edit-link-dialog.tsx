import type { Link, Room } from '../api/client.ts'
import { refused } from '../forms/refused.ts'
import { useEdit } from '../forms/use-edit.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { fromLocalInput, readerZone } from '../time/zone.ts'
import { EditDialog } from '../ui/edit-dialog.tsx'
import type { WatermarkMode } from '../ui/watermarks.ts'
import { type LinkDraft, linkChangeBody, linkDraft, linkFaults, splitGrants } from './link-draft.ts'
import { LinkFields } from './link-fields.tsx'

interface EditLinkDialogProps {
  room: Room
  link: Link
  onClose: () => void
  onSaved: () => void
}

/** Changes a link. The address stays the same. */
export function EditLinkDialog({ room, link, onClose, onSaved }: EditLinkDialogProps) {
  const zone = readerZone()
  const edit = useEdit<LinkDraft>({
    async read() {
      const { value, etag } = await api.linkNow(link.roomId, link.id)
      return { draft: linkDraft(value, zone), etag }
    },
    async write(base, draft, etag) {
      const body = linkChangeBody(base, draft, zone)
      if (Object.keys(body).length > 0) await api.changeLink(link.roomId, link.id, body, etag)
    },
    check: draft => linkFaults(draft, zone),
    refusal: failure => refused(failure, { pin: 'pinDigits' }),
    onSaved,
  })
  return (
    <EditDialog
      title={t.links.editTitle(link.label)}
      edit={edit}
      onClose={onClose}
      label={field => t.links.fields[field]}
      say={sayLinkValue}
    >
      {draft => <LinkFields room={room} draft={draft} faults={edit.faults} onDraft={edit.setDraft} />}
    </EditDialog>
  )
}

/** A field's value in a sentence. */
function sayLinkValue(field: keyof LinkDraft, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (value === '') return t.form.nothing
  switch (field) {
    case 'startsAt':
    case 'endsAt': {
      const time = fromLocalInput(value, readerZone())
      return time.is === 'at' ? sayWhen(Date.parse(time.iso), here()) : value
    }
    case 'role':
      return t.links.roles[value as LinkDraft['role']].word
    case 'grants':
      return splitGrants(value)
        .map(g => t.links.grants[g].word)
        .join(', ')
    case 'opens':
      return t.links.opensWhat[value as LinkDraft['opens']].word
    case 'watermark':
      return t.watermark.modes[value as WatermarkMode]
    case 'pin':
      return value === 'none' ? t.no : t.yes
    default:
      return t.form.quote(value)
  }
}
