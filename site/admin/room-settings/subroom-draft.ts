import type { NewSubroom, Subroom, SubroomChange } from '../api/room-calls.ts'
import type { Fault } from '../forms/faults.ts'

/** A sub-room as its form holds it. */
export type SubroomDraft = {
  /** Decided once: it is in its address. */
  name: string
  /** Empty: the name. */
  title: string
  locked: boolean
  lockMessage: string
}

export const emptySubroomDraft: SubroomDraft = { name: '', title: '', locked: false, lockMessage: '' }

export const subroomDraft = ({ name, title, lock }: Subroom): SubroomDraft => ({
  name,
  title,
  locked: lock !== null,
  lockMessage: lock?.message ?? '',
})

/** The server's limits: worker/subrooms/schema.ts. */
export function subroomFaults(draft: SubroomDraft): Partial<Record<keyof SubroomDraft, Fault>> {
  const faults: Partial<Record<keyof SubroomDraft, Fault | null>> = {
    name: draft.name === '' ? { is: 'empty' } : /^[a-z0-9-]{1,64}$/.test(draft.name) ? null : { is: 'slug' },
    title: tooLong(draft.title, 200),
    lockMessage: draft.locked ? tooLong(draft.lockMessage, 500) : null,
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

const tooLong = (text: string, max: number): Fault | null =>
  text.trim().length > max ? { is: 'too-long', max } : null

/** A form without faults → the body of `POST …/subrooms`. */
export const newSubroomBody = ({ name, title, locked, lockMessage }: SubroomDraft): NewSubroom => ({
  name,
  ...(title.trim() ? { title: title.trim() } : {}),
  ...(locked ? { lock: { message: lockMessage.trim() } } : {}),
})

/** What differs → the body of `PATCH …/subrooms/:name`. A title that was taken away is the name again. */
export function subroomBody(base: SubroomDraft, draft: SubroomDraft): SubroomChange {
  const body: SubroomChange = {}
  const title = draft.title.trim() || draft.name
  if (title !== base.title) body.title = title
  const message = draft.lockMessage.trim()
  if (draft.locked !== base.locked || (draft.locked && message !== base.lockMessage))
    body.lock = draft.locked ? { message } : null
  return body
}
