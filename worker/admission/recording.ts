import type { AuditEntry } from '../audit/record.ts'
import type { Call } from '../http/route.ts'
import type { Origin } from '../origins/origins.ts'
import type { AdmissionRequest } from './request.ts'

/** Whose credential a request carried, once it proved genuine; without one it is a stranger's. */
export interface Asker {
  room: string
  roomTitle?: string | undefined
  /** What a further stream that is published is called. */
  stream?: string
  /** Who plays; absent = a publisher. */
  person?: { id: string; link: string; name?: string | undefined }
}

/** The address of the client, as far as the origin is trusted to tell it. */
export const addressOf = (origin: Origin, { client }: AdmissionRequest): string =>
  (origin.trustRealIp ? client.realIp : undefined) || client.address

/**
 * Leaves a decision to be recorded after the answer. Strangers are only counted: whoever finds the origin's port can
 * make it ask here as often as they like. Thumbnails are neither: a page asks for them all the time.
 */
export function recordDecision(
  call: Pick<Call<undefined, undefined>, 'after' | 'app'>,
  origin: Origin,
  request: AdmissionRequest,
  answer: { allowed: boolean; lifetime?: number; reason?: string },
  asker: Asker | undefined,
): void {
  const { audit, now } = call.app
  const { status, direction, protocol, client } = request
  if (protocol === 'thumbnail') return
  const address = addressOf(origin, request)
  if (!asker) {
    if (!answer.allowed) audit.strangers(answer.reason ?? 'refused', address)
    return
  }
  const { room, roomTitle, stream, person } = asker
  const entry: AuditEntry = {
    at: now(),
    action: `${person ? 'play' : 'publish'}.${status}`,
    outcome: answer.allowed ? 'done' : 'refused',
    actor: person
      ? { kind: 'person', id: person.id, name: person.name ?? '' }
      : { kind: 'origin', id: origin.id, name: origin.id },
    target: { kind: 'room', id: room, ...(roomTitle === undefined ? {} : { name: roomTitle }) },
    room,
    params: {
      direction,
      protocol,
      port: client.port,
      ...(person && { link: person.link }),
      ...(stream !== undefined && { stream }),
      ...(answer.lifetime !== undefined && { lifetimeMs: answer.lifetime }),
      ...(answer.reason !== undefined && { reason: answer.reason }),
    },
    address,
  }
  audit.add(entry, call.after)
}
