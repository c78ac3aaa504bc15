import type { AuditAction } from '../../audit/actions.ts'
import type { AuditParams } from '../../audit/params.ts'
import type { Somebody } from '../messages/fields.ts'
import type { Recorded } from './state.ts'
import type { Turn } from './telling.ts'

/** Has the audit written what somebody did, and from where. Never what is private between others. */
export function record(
  turn: Turn,
  socket: string,
  by: Somebody,
  action: AuditAction,
  target: Recorded['target'],
  params: AuditParams = {},
): void {
  const { address, userAgent } = turn.state.sockets.get(socket) ?? { address: null, userAgent: null }
  turn.effects.push({ do: 'record', record: { action, by, address, userAgent, target, params } })
}
