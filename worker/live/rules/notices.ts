import { iso } from '../../http/fields.ts'
import type { ToServer } from '../protocol.ts'
import { socketsOf } from './presence.ts'
import { record } from './recording.ts'
import type { Member } from './state.ts'
import type { Speaker } from './talking.ts'
import { ask, done, holds, isIn, nameOf, refuse, seesSubrooms, send, type Turn, tell } from './telling.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

/** What goes to people and is kept nowhere: no database is asked, so that permissions as they are known here count. */
export type NoticeMessage = Of<
  'person.mute' | 'person.warn' | 'wall' | 'person.identify' | 'removed' | 'subrooms' | 'caption' | 'signal'
>

export function notice(turn: Turn, speaker: Speaker, message: NoticeMessage) {
  switch (message.type) {
    case 'caption':
      return caption(turn, speaker, message)
    case 'signal':
      return signal(turn, speaker, message)
    case 'subrooms':
      return subrooms(turn, speaker, message)
  }
  const { socket, member } = speaker
  if (!holds(member, 'op')) return refuse(turn, socket, message, 'forbidden')
  switch (message.type) {
    case 'person.mute':
      return mute(turn, speaker, message)
    case 'person.warn':
      return warn(turn, speaker, message)
    case 'wall':
      return wall(turn, speaker, message)
    case 'person.identify':
      return identify(turn, speaker, message)
    case 'removed':
      return ask(turn, { kind: 'removed', socket, by: nameOf(member), ref: message.ref })
  }
}

function subrooms(turn: Turn, { socket, member }: Speaker, message: Of<'subrooms'>) {
  if (!seesSubrooms(member)) return refuse(turn, socket, message, 'forbidden')
  ask(turn, { kind: 'subrooms', socket, by: nameOf(member), ref: message.ref })
}

/** Somebody else who is in; undefined after the refusal, if there is none. */
function other(
  turn: Turn,
  { socket, member }: Speaker,
  message: Of<'person.mute' | 'person.warn' | 'person.identify' | 'signal'>,
  id: string,
): Member | undefined {
  const target = turn.state.people.get(id)
  if (target === member) refuse(turn, socket, message, 'yourself')
  else if (!target || !isIn(target)) refuse(turn, socket, message, 'not_here')
  else return target
  return undefined
}

function mute(turn: Turn, speaker: Speaker, message: Of<'person.mute'>): void {
  const { socket, member } = speaker
  const by = nameOf(member)
  if ('id' in message.who) {
    const target = other(turn, speaker, message, message.who.id)
    if (!target) return
    tell(turn, [target.facts.id], { type: 'notice', kind: 'mute', from: by, text: '' })
    record(turn, socket, by, 'person.mute', { kind: 'person', ...nameOf(target) })
  } else {
    const others = [...turn.state.people.values()].filter(one => isIn(one) && one !== member)
    if (others.length)
      tell(
        turn,
        others.map(({ facts }) => facts.id),
        { type: 'notice', kind: 'mute', from: by, text: '' },
      )
    record(turn, socket, by, 'person.mute', { kind: 'room', id: null }, { people: others.length })
  }
  done(turn, socket, message)
}

function warn(turn: Turn, speaker: Speaker, message: Of<'person.warn'>): void {
  const target = other(turn, speaker, message, message.id)
  if (!target) return
  const by = nameOf(speaker.member)
  const { text } = message
  tell(turn, [message.id], { type: 'notice', kind: 'warn', from: by, text })
  record(turn, speaker.socket, by, 'person.warn', { kind: 'person', ...nameOf(target) }, { text })
  done(turn, speaker.socket, message)
}

function wall(turn: Turn, { socket, member }: Speaker, message: Of<'wall'>): void {
  const { text } = message
  tell(turn, 'admitted', { type: 'notice', kind: 'wall', from: nameOf(member), text })
  record(turn, socket, nameOf(member), 'room.wall', { kind: 'room', id: null }, { text })
  done(turn, socket, message)
}

/** Nobody learns an address without its owner's learning that. */
function identify(turn: Turn, speaker: Speaker, message: Of<'person.identify'>): void {
  const target = other(turn, speaker, message, message.id)
  if (!target) return
  const { socket, member } = speaker
  const { ref, id } = message
  const youngest = turn.state.sockets.get(socketsOf(turn, id).at(-1) ?? '')
  tell(turn, [id], { type: 'notice', kind: 'identified', from: nameOf(member), text: '' })
  record(turn, socket, nameOf(member), 'person.identify', { kind: 'person', ...nameOf(target) })
  send(turn, [socket], {
    type: 'identity',
    ...(ref === undefined ? {} : { ref }),
    person: nameOf(target),
    address: youngest?.address ?? null,
    userAgent: youngest?.userAgent ?? null,
    link: target.facts.link,
    joinedAt: iso(target.facts.joinedAt)!,
  })
}

function caption(turn: Turn, { socket, member }: Speaker, message: Of<'caption'>) {
  if (!holds(member, 'caption')) return refuse(turn, socket, message, 'forbidden')
  const inside = [...turn.state.sockets].flatMap(([id, { current, person }]) =>
    current && isIn(turn.state.people.get(person)!) ? [id] : [],
  )
  if (inside.length) send(turn, inside, { type: 'caption', from: nameOf(member), text: message.text })
  done(turn, socket, message)
}

/** To whichever of their pages waits for it; the pages tell by what is in it. */
function signal(turn: Turn, speaker: Speaker, message: Of<'signal'>) {
  const { socket, member } = speaker
  if (!holds(member, 'message')) return refuse(turn, socket, message, 'forbidden')
  const target = other(turn, speaker, message, message.to)
  if (!target) return
  if (!holds(target, 'message')) return refuse(turn, socket, message, 'forbidden')
  const pages = socketsOf(turn, message.to).filter(id => turn.state.sockets.get(id)!.current)
  if (!pages.length) return refuse(turn, socket, message, 'not_here')
  send(turn, pages, { type: 'signal', from: nameOf(member), data: message.data })
  done(turn, socket, message)
}
