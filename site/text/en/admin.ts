import { audit } from './admin/audit.ts'
import { galene } from './admin/galene.ts'
import { links } from './admin/links.ts'
import { people } from './admin/people.ts'
import { room } from './admin/room.ts'
import { roomPeople } from './admin/room-people.ts'
import { roomSettings } from './admin/room-settings.ts'
import { rooms } from './admin/rooms.ts'
import { server } from './admin/server.ts'
import { settings } from './admin/settings.ts'
import { shell } from './admin/shell.ts'
import { signingIn } from './admin/signing-in.ts'
import { values } from './admin/values.ts'
import { watermark } from './admin/watermark.ts'

/** The admin's page. */
export const admin = {
  ...shell,
  ...values,
  ...signingIn,
  settings,
  rooms,
  ...room,
  roomPeople,
  roomSettings,
  links,
  galene,
  ...people,
  watermark,
  audit,
  server,
}
