import { formatTimecode } from '../../../timecode/timecode.ts'
import type { AuditAction } from '../../audit/actions.ts'
import type { AuditParams } from '../../audit/params.ts'
import { iso } from '../../http/fields.ts'
import type { Act } from '../acts/acts.ts'
import type { Somebody } from '../messages/fields.ts'
import { record } from './recording.ts'
import type { Answer, Ask } from './state.ts'
import { done, refuse, send, type Turn } from './telling.ts'

type Asked<K extends Ask['kind']> = Extract<Ask, { kind: K }>

/** What came of an act. If it was done the database has something new, which everybody is told when it has been read. */
export function acted(turn: Turn, asked: Asked<'act'>, answer: Answer): void {
  const { socket, about, ref, by, act } = asked
  const message = { type: about, ref }
  const isThere = turn.state.sockets.has(socket)
  if (typeof answer !== 'object' || !('acted' in answer)) {
    if (isThere) refuse(turn, socket, message, 'not_saved')
    return
  }
  // Also after a refusal: what this room believed and the database knows differ.
  turn.effects.push({ do: 'look' })
  const { acted: outcome } = answer
  if ('refused' in outcome) {
    if (isThere) refuse(turn, socket, message, outcome.refused)
    return
  }
  for (const entry of entriesOf(act, outcome.done))
    record(turn, socket, by, entry.action, entry.target, entry.params)
  if (act.do === 'end') turn.effects.push({ do: 'drain' })
  done(turn, socket, message)
}

/** The audit's entries for an act, one for each who was concerned. */
function entriesOf(
  act: Act,
  concerned: readonly Somebody[],
): { action: AuditAction; target: Parameters<typeof record>[4]; params: AuditParams }[] {
  const onRoom = (action: AuditAction, params: AuditParams = {}) => [
    { action, target: { kind: 'room' as const, id: null }, params },
  ]
  const onEach = (action: AuditAction, params: AuditParams = {}, kind: 'person' | 'link' = 'person') =>
    concerned.map(({ id, name }) => ({ action, target: { kind, id, name }, params }))
  const because = (reason: string | null): AuditParams => (reason === null ? {} : { reason })
  switch (act.do) {
    case 'admit':
      return onEach('person.admit')
    case 'refuse':
      return onEach('person.turn-away', because(act.reason))
    case 'lock':
      return onRoom('room.lock', act.message ? { message: act.message } : {})
    case 'unlock':
      return onRoom('room.unlock')
    case 'end':
      return onRoom('room.end')
    case 'role':
      return onEach('person.role', { role: act.role })
    case 'permit':
      return onEach('person.permit', { permission: act.permission, held: act.held })
    case 'kick':
      return onEach('person.kick', {
        ...because(act.reason),
        ...(act.link ? { link: 'closed' } : {}),
        ...(act.addresses.length ? { addresses: [...act.addresses] } : {}),
      })
    case 'pardon':
      return onEach('person.pardon')
    case 'watermark':
      return onEach('person.watermark', { mode: act.mode })
    case 'close-link':
      return onEach('link.revoke', {}, 'link')
    case 'timecode': {
      const { rate, frame, running } = act.clock
      return onRoom('timecode.set', { rate, timecode: formatTimecode(frame, rate), running })
    }
    case 'clear-timecode':
      return onRoom('timecode.clear')
  }
}

/** The list of those who were removed, for the page that asked. */
export function listRemoved(turn: Turn, { socket, ref }: Asked<'removed'>, answer: Answer) {
  if (!turn.state.sockets.has(socket)) return
  if (typeof answer !== 'object' || !('removed' in answer))
    return refuse(turn, socket, { type: 'removed', ref }, 'not_available')
  const items = answer.removed.map(({ at, ...row }) => ({ ...row, at: iso(at)! }))
  send(turn, [socket], { type: 'removed', ...(ref === undefined ? {} : { ref }), items })
}

/** The room's sub-rooms, likewise. */
export function listSubrooms(turn: Turn, { socket, ref }: Asked<'subrooms'>, answer: Answer) {
  if (!turn.state.sockets.has(socket)) return
  if (typeof answer !== 'object' || !('subrooms' in answer))
    return refuse(turn, socket, { type: 'subrooms', ref }, 'not_available')
  send(turn, [socket], {
    type: 'subrooms',
    ...(ref === undefined ? {} : { ref }),
    items: answer.subrooms,
  })
}
