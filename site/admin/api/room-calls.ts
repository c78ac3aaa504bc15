import type { InferInput } from 'valibot'
import type { Admitted, ListedPerson, PeopleList } from '../../../worker/people/staff-schema.ts'
import type { Room } from '../../../worker/rooms/schema.ts'
import type {
  Subroom,
  SubroomList,
  SubroomChange as SubroomPatch,
  NewSubroom as SubroomPost,
} from '../../../worker/subrooms/schema.ts'
import type { WatermarkMode } from '../ui/watermarks.ts'
import type { Caller, Got } from './caller.ts'

export type { ListedPerson, Subroom }
export type NewSubroom = InferInput<typeof SubroomPost>
export type SubroomChange = InferInput<typeof SubroomPatch>

/** The calls about what is in a room beside its links: its people, its sub-rooms, and the room as a file. */
export function roomCalls({ call, got, fresh }: Caller) {
  const room = (id: string) => `/api/rooms/${encodeURIComponent(id)}`
  const subroom = (roomId: string, name: string) => `${room(roomId)}/subrooms/${encodeURIComponent(name)}`
  const person = (roomId: string, id: string, doing: string) =>
    `${room(roomId)}/people/${encodeURIComponent(id)}/${doing}`
  return {
    subrooms: async (roomId: string) => (await fresh<SubroomList>(`${room(roomId)}/subrooms`)).value.items,
    subroomNow: (roomId: string, name: string) => fresh<Subroom>(subroom(roomId, name)),
    createSubroom: async (roomId: string, body: NewSubroom) =>
      void (await call('POST', `${room(roomId)}/subrooms`, { body })),
    changeSubroom: async (roomId: string, name: string, body: SubroomChange, ifMatch: string | null) =>
      void (await call('PATCH', subroom(roomId, name), { body, ifMatch })),
    deleteSubroom: async (roomId: string, name: string) => void (await call('DELETE', subroom(roomId, name))),
    people: async (roomId: string) => (await fresh<PeopleList>(`${room(roomId)}/people`)).value.items,
    admitPerson: async (roomId: string, id: string) => void (await call('POST', person(roomId, id, 'admit'))),
    /** How many were let in. */
    admitAll: async (roomId: string) =>
      (await got<Admitted>(await call('POST', `${room(roomId)}/people/admit-all`))).value.admitted,
    refusePerson: async (roomId: string, id: string, body: { reason?: string }) =>
      void (await call('POST', person(roomId, id, 'refuse'), { body })),
    kickPerson: async (roomId: string, id: string, body: { reason?: string; ban: ('link' | 'address')[] }) =>
      void (await call('POST', person(roomId, id, 'kick'), { body })),
    /** Null: as their link says. */
    markPerson: async (roomId: string, id: string, mode: WatermarkMode | null) =>
      void (await call('PUT', person(roomId, id, 'watermark'), { body: { mode } })),
    pardonPerson: async (roomId: string, id: string) =>
      void (await call('POST', person(roomId, id, 'pardon'))),
    /** A Galene group's name and what its file says → the new room. */
    importGalene: async (name: string, definition: unknown): Promise<Got<Room>> =>
      got<Room>(await call('POST', '/api/import/galene', { body: { name, definition } })),
    exportGalene: async (roomId: string) =>
      (await fresh<{ name: string; definition: object }>(`${room(roomId)}/export/galene`)).value,
  }
}
