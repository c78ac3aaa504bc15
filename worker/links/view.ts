import { makeRowKey } from '../crypto/row-key.ts'
import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import type { Grant } from './permissions.ts'
import type { Link } from './schema.ts'
import { linkState } from './state.ts'
import type { LinkRow } from './store.ts'

/**
 * A link as it is told.
 * @param base the address people use; the secret goes into the fragment, which no server ever sees.
 */
export async function linkOf(app: App, base: string, row: LinkRow, now: number): Promise<Link> {
  const invited = row.inviteKind !== null && row.inviteValue !== null
  const secret = () => makeRowKey(app.keys, 'link-secret', { id: row.id, version: row.keyVersion })
  return {
    id: row.id,
    roomId: row.roomId,
    label: row.label,
    role: row.role,
    permissions: JSON.parse(row.permissions) as Grant[],
    name: row.fixedName,
    askName: Boolean(row.askName),
    pin: row.pinMac !== null,
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    maxUses: row.maxUses,
    uses: row.uses,
    maxDevices: row.maxDevices,
    seats: row.seats,
    state: linkState(row, now),
    invite: invited ? { kind: row.inviteKind!, value: row.inviteValue! } : null,
    url: invited ? null : `${base}/r/${row.slug}#${await secret()}`,
    waitingRoom: Boolean(row.waitingRoom),
    opens: row.opens,
    watermark: row.watermark,
    madeBy: row.madeBy === null ? null : { id: row.madeBy, name: row.madeByName ?? '' },
    createdAt: iso(row.createdAt)!,
    updatedAt: iso(row.updatedAt)!,
    revokedAt: iso(row.revokedAt),
  }
}

/** The address people use: as configured, else as this request came. */
export const baseOf = (app: App, url: string) => app.config.publicUrl ?? new URL(url).origin
