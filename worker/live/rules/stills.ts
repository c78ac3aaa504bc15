import { iso } from '../../http/fields.ts'
import type { ToServer } from '../protocol.ts'
import { record } from './recording.ts'
import type { Answer, Ask } from './state.ts'
import type { Speaker } from './talking.ts'
import { ask, done, holds, nameOf, refuse, type Turn, tell } from './telling.ts'

type StillMessage = Extract<ToServer, { type: 'still.show' | 'still.hide' }>

/** What is shown to all is kept nowhere: permissions as they are known here count. */
export function still(turn: Turn, { socket, member }: Speaker, message: StillMessage) {
  if (!holds(member, 'op') && !holds(member, 'present')) return refuse(turn, socket, message, 'forbidden')
  const by = nameOf(member)
  if (message.type === 'still.show')
    return ask(turn, { kind: 'still', socket, by, ref: message.ref, id: message.id })
  const { shown } = turn.state
  if (shown) {
    turn.state = { ...turn.state, shown: null }
    tell(turn, 'admitted', { type: 'still.shown', still: null })
    record(turn, socket, by, 'still.hide', { kind: 'still', id: shown.id, name: shown.name })
  }
  done(turn, socket, message)
}

/** The room keeps it, or there is none such. */
export function showStill(
  turn: Turn,
  { socket, by, ref, id }: Extract<Ask, { kind: 'still' }>,
  answer: Answer,
): void {
  const message = { type: 'still.show', ref }
  const found = typeof answer === 'object' && 'still' in answer ? answer.still : 'failed'
  if (!found || found === 'failed') {
    if (turn.state.sockets.has(socket))
      refuse(turn, socket, message, found === 'failed' ? 'not_available' : 'not_found')
    return
  }
  const shown = { ...found, id, at: iso(found.at)!, by }
  turn.state = { ...turn.state, shown }
  tell(turn, 'admitted', { type: 'still.shown', still: shown })
  record(turn, socket, by, 'still.show', { kind: 'still', id, name: found.name })
  done(turn, socket, message)
}
