import type { InferInput } from 'valibot'
import type { Room } from '../../../worker/rooms/schema.ts'
import type {
  Subroom,
  SubroomList,
  SubroomChange as SubroomPatch,
  NewSubroom as SubroomPost,
} from '../../../worker/subrooms/schema.ts'
import type { Caller, Got } from './client.ts'

export type { Subroom }
export type NewSubroom = InferInput<typeof SubroomPost>
export type SubroomChange = InferInput<typeof SubroomPatch>

/** The calls about what is in a room beside its links: its sub-rooms, and the room as a file. */
export function roomCalls({ call, got, fresh }: Caller) {
  const room = (id: string) => `/api/rooms/${encodeURIComponent(id)}`
  const subroom = (roomId: string, name: string) => `${room(roomId)}/subrooms/${encodeURIComponent(name)}`
  return {
    subrooms: async (roomId: string) => (await fresh<SubroomList>(`${room(roomId)}/subrooms`)).value.items,
    subroomNow: (roomId: string, name: string) => fresh<Subroom>(subroom(roomId, name)),
    createSubroom: async (roomId: string, body: NewSubroom) =>
      void (await call('POST', `${room(roomId)}/subrooms`, { body })),
    changeSubroom: async (roomId: string, name: string, body: SubroomChange, ifMatch: string | null) =>
      void (await call('PATCH', subroom(roomId, name), { body, ifMatch })),
    deleteSubroom: async (roomId: string, name: string) => void (await call('DELETE', subroom(roomId, name))),
    /** A Galene group's name and what its file says → the new room. */
    importGalene: async (name: string, definition: unknown): Promise<Got<Room>> =>
      got<Room>(await call('POST', '/api/import/galene', { body: { name, definition } })),
    exportGalene: async (roomId: string) =>
      (await fresh<{ name: string; definition: object }>(`${room(roomId)}/export/galene`)).value,
  }
}
