import { iso } from '../../http/fields.ts'
import type { ToClient, ToServer } from '../protocol.ts'
import { acted, listRemoved, listSubrooms } from './acted.ts'
import { MESSAGES, PINGS, REPORTS, SIGNALS, take } from './allowance.ts'
import { tellWaiting } from './before-door.ts'
import { act } from './control.ts'
import { draw, strokeCost } from './drawing.ts'
import { checkDisplay, displayChecked, report } from './health.ts'
import { noted } from './hosts.ts'
import { changeNote, noteSaved } from './notes.ts'
import { notice } from './notices.ts'
import { point, takeFleeting } from './pointer.ts'
import { closed, GONE_AFTER, looked, opened, socketsOf, stopping, ticked } from './presence.ts'
import type { Effect, LiveEvent, LiveState } from './state.ts'
import { showStill, still } from './stills.ts'
import { answered, askForWelcome, edit, erase, say, turnBack } from './talking.ts'
import {
  hangUp,
  holds,
  isFor,
  makeCurrent,
  markOf,
  numbered,
  personOf,
  putMember,
  refuse,
  send,
  type Turn,
  tell,
  welcome,
} from './telling.ts'

import { unmarked } from './watermark.ts'

type Refusal = Extract<ToClient, { type: 'refused' }>

/**
 * A room's live channel decides here, and nowhere else: from what is and what happens follow what becomes and what is to
 * be done. Clock and ids come with the events, so the same events always lead to the same room.
 */
export function reduce(state: LiveState, event: LiveEvent): { state: LiveState; effects: Effect[] } {
  const turn: Turn = { state, effects: [], at: event.at }
  switch (event.type) {
    case 'opened':
      opened(turn, event)
      break
    case 'received':
      received(turn, event.socket, event.message, event.fresh)
      break
    case 'unreadable':
      unreadable(turn, event.socket, event.refusal)
      break
    case 'closed':
      closed(turn, event)
      break
    case 'answered':
      heardBack(turn, event)
      break
    case 'looked':
      looked(turn, event)
      break
    case 'ticked':
      ticked(turn, event)
      break
    case 'noted':
      noted(turn, event)
      break
    case 'stopping':
      stopping(turn)
      break
  }
  return { state: turn.state, effects: turn.effects }
}

function heardBack(turn: Turn, { ask, answer }: Extract<LiveEvent, { type: 'answered' }>): void {
  if (ask.kind === 'act') acted(turn, ask, answer)
  else if (ask.kind === 'removed') listRemoved(turn, ask, answer)
  else if (ask.kind === 'subrooms') listSubrooms(turn, ask, answer)
  else if (ask.kind === 'still') showStill(turn, ask, answer)
  else if (ask.kind === 'note') noteSaved(turn, ask, answer)
  else if (ask.kind === 'display') displayChecked(turn, ask, answer)
  // What could not be written is written again with what follows it.
  else if (ask.kind === 'incident') return
  else answered(turn, ask, answer)
}

/** What could not be read takes from the allowance like anything else. */
function unreadable(turn: Turn, socket: string, refusal: Refusal): void {
  if (allowed(turn, socket, { type: refusal.about, ref: refusal.ref })) send(turn, [socket], refusal)
}

function received(turn: Turn, socket: string, message: ToServer, fresh: string) {
  if (message.type === 'ping') return ping(turn, socket)
  const gate = message.type === 'pointer' || message.type.startsWith('draw.') ? passing : allowed
  if (!gate(turn, socket, message)) return
  const { person, greeted } = turn.state.sockets.get(socket)!
  const member = turn.state.people.get(person)!
  if (greeted === (message.type === 'hello')) return refuse(turn, socket, message, 'hello_first')
  if (message.type === 'hello') return hello(turn, socket, message)
  if (member.waiting !== null) return refuse(turn, socket, message, 'waiting')
  const speaker = { socket, member }
  switch (message.type) {
    case 'hand':
      return show(turn, person, { hand: message.raised })
    case 'state': {
      const { microphone = member.microphone, camera = member.camera, health = member.health } = message
      return show(turn, person, { microphone, camera, health })
    }
    case 'chat':
      return say(turn, speaker, message, fresh)
    case 'chat.edit':
      return edit(turn, speaker, message)
    case 'chat.delete':
      return erase(turn, speaker, message)
    case 'history':
      return turnBack(turn, speaker, message)
    case 'watermark.removed':
      return unmarked(turn, speaker)
    case 'note.add':
    case 'note.reply':
    case 'note.edit':
    case 'note.delete':
    case 'note.resolve':
      return changeNote(turn, speaker, message, fresh)
    case 'health':
      return report(turn, speaker, message, fresh)
    case 'display':
      return checkDisplay(turn, speaker, message)
    case 'person.mute':
    case 'person.warn':
    case 'wall':
    case 'person.identify':
    case 'removed':
    case 'subrooms':
    case 'caption':
    case 'signal':
      return notice(turn, speaker, message)
    case 'pointer':
      return point(turn, speaker, message)
    case 'draw.mark':
    case 'draw.extend':
    case 'draw.end':
    case 'draw.undo':
    case 'draw.clear':
      return draw(turn, speaker, message)
    case 'still.show':
    case 'still.hide':
      return still(turn, speaker, message)
    default:
      return act(turn, speaker, message)
  }
}

/** Answered as long as there are not too many. */
function ping(turn: Turn, socket: string): void {
  const person = turn.state.sockets.get(socket)?.person
  if (person === undefined) return
  const { allowance, verdict } = take(turn.state.people.get(person)!.pings, turn.at, PINGS)
  putMember(turn, person, { pings: allowance })
  if (verdict === 'go') send(turn, [socket], { type: 'pong' })
  if (verdict === 'flooding') cutOff(turn, person)
}

/**
 * Whether a connection may send one more message. All of a person's pages share one allowance, and others for what is
 * relayed and for how their picture arrives; who goes far beyond one loses them all.
 */
function allowed(
  turn: Turn,
  socket: string,
  about: { type: string | null; ref?: string | undefined },
): boolean {
  const person = turn.state.sockets.get(socket)?.person
  if (person === undefined) return false
  const [purse, rule] = purses[about.type ?? ''] ?? (['allowance', MESSAGES] as const)
  const { allowance, verdict } = take(turn.state.people.get(person)![purse], turn.at, rule)
  putMember(turn, person, { [purse]: allowance })
  if (verdict === 'wait') refuse(turn, socket, about, 'too_fast')
  if (verdict === 'flooding') cutOff(turn, person)
  return verdict === 'go'
}

/** The same for what is shown and gone. Of a pointer nobody needs to be told what was too much. */
function passing(turn: Turn, socket: string, message: ToServer): boolean {
  const person = turn.state.sockets.get(socket)?.person
  if (person === undefined) return false
  const pointer = message.type === 'pointer'
  const verdict = takeFleeting(turn, person, pointer ? 'pointer' : 'strokes', strokeCost(message))
  if (verdict === 'wait' && !pointer) refuse(turn, socket, message, 'too_fast')
  if (verdict === 'flooding') cutOff(turn, person)
  return verdict === 'go'
}

/** The types of messages that have an allowance of their own. */
const purses: Readonly<Record<string, readonly ['signals' | 'reports', typeof MESSAGES] | undefined>> = {
  signal: ['signals', SIGNALS],
  health: ['reports', REPORTS],
}

/** All pages of somebody who floods the room. */
function cutOff(turn: Turn, person: string): void {
  for (const own of socketsOf(turn, person)) hangUp(turn, own, 'flooding')
  putMember(turn, person, { goneAt: turn.at + GONE_AFTER })
}

/** What a page missed, if it is still known, else everything. */
function hello(turn: Turn, socket: string, { since }: Extract<ToServer, { type: 'hello' }>) {
  const { state, at } = turn
  const { person } = state.sockets.get(socket)!
  const member = state.people.get(person)!
  if (member.waiting !== null) return welcome(turn, socket, null)
  const known =
    since?.epoch === state.epoch && since.seq >= state.forgotten && since.seq <= state.seq ? since : undefined
  if (!known) return askForWelcome(turn, socket)
  makeCurrent(turn, socket)
  send(turn, [socket], {
    type: 'resumed',
    seq: state.seq,
    now: iso(at)!,
    watermark: markOf(turn, socket),
  })
  for (const told of state.replay)
    if (told.seq > known.seq && isFor(told.audience, member)) send(turn, [socket], numbered(told))
  // Who was gone for good may have become a host meanwhile: who waited before is in nothing that they missed.
  const cameAgain = state.replay.some(
    ({ seq, news }) => seq > known.seq && news.type === 'person.joined' && news.person.id === person,
  )
  if (cameAgain && holds(member, 'op')) tellWaiting(turn, person)
}

/** Changes what others see of somebody, and tells it if it is a change. */
function show(turn: Turn, person: string, change: Parameters<typeof putMember>[2]): void {
  const before = JSON.stringify(personOf(turn.state.people.get(person)!))
  putMember(turn, person, change)
  const now = personOf(turn.state.people.get(person)!)
  if (JSON.stringify(now) !== before) tell(turn, 'admitted', { type: 'person.changed', person: now })
}
