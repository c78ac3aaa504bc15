import type { ToServer } from '../protocol.ts'
import { record } from './recording.ts'
import type { AboutChat, Answer, Ask, Audience, Member } from './state.ts'
import { ask, holds, isIn, nameOf, refuse, send, type Turn, tell, unsay, welcome } from './telling.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

/** Who says something, through which of their pages. */
export interface Speaker {
  socket: string
  member: Member
}

/** When the oldest message was said that the room still shows, ms. */
const shownSince = ({ state: { room }, at }: Turn): number =>
  room?.historyMs == null ? 0 : at - room.historyMs

export function say(turn: Turn, { socket, member }: Speaker, message: Of<'chat'>, fresh: string) {
  if (!holds(member, 'message')) return refuse(turn, socket, message, 'forbidden')
  const to = message.to === undefined ? undefined : turn.state.people.get(message.to)
  if (message.to !== undefined && (!to || !isIn(to) || to === member))
    return refuse(turn, socket, message, 'not_here')
  const at = Math.max(turn.at, turn.state.saidAt + 1)
  turn.state = { ...turn.state, saidAt: at }
  ask(turn, {
    kind: 'say',
    socket,
    by: nameOf(member),
    ref: message.ref,
    id: fresh,
    at,
    text: message.text,
    me: message.me ?? false,
    to: to ? nameOf(to) : null,
    replyTo: message.replyTo ?? null,
  })
}

export function edit(turn: Turn, { socket, member }: Speaker, message: Of<'chat.edit'>) {
  if (!holds(member, 'message')) return refuse(turn, socket, message, 'forbidden')
  const { id, text, ref } = message
  ask(turn, { kind: 'edit', socket, by: nameOf(member), ref, id, at: turn.at, text })
}

/** One's own message may be taken back whatever one may else; everything more is for operators. */
export function erase(turn: Turn, { socket, member }: Speaker, message: Of<'chat.delete'>) {
  const anybody = holds(member, 'op')
  const { which, ref } = message
  if (!anybody && !('id' in which)) return refuse(turn, socket, message, 'forbidden')
  ask(turn, { kind: 'delete', socket, by: nameOf(member), ref, which, anybody })
}

export function turnBack(turn: Turn, { socket, member }: Speaker, { before, ref }: Of<'history'>): void {
  ask(turn, {
    kind: 'page',
    socket,
    by: nameOf(member),
    ref,
    before,
    since: shownSince(turn),
    welcome: false,
  })
}

/** A welcome needs the chat's last page; it is said when that is there. Until then the page is told nothing. */
export function askForWelcome(turn: Turn, socket: string): void {
  const { state } = turn
  const own = state.sockets.get(socket)!
  const sockets = new Map(state.sockets).set(socket, { ...own, greeted: true, current: false })
  turn.state = { ...state, sockets }
  ask(turn, {
    kind: 'page',
    socket,
    by: nameOf(state.people.get(own.person)!),
    before: null,
    since: shownSince(turn),
    welcome: true,
  })
}

/** Only now, with the database's word, is anything shown. */
export function answered(turn: Turn, asked: AboutChat, answer: Answer) {
  if (asked.kind === 'page') return showPage(turn, asked, answer)
  const about = { type: types[asked.kind], ref: asked.ref }
  const refused = (code: 'not_saved' | 'already_sent' | 'not_found' | 'forbidden') => {
    if (turn.state.sockets.has(asked.socket)) refuse(turn, asked.socket, about, code)
  }
  if (answer === 'failed') return refused('not_saved')
  if ('said' in answer) {
    if (answer.said === 'already') return refused('already_sent')
    const { from, to } = answer.said
    return tell(turn, audienceOf(from.id, to?.id), { type: 'chat', message: answer.said })
  }
  if ('edited' in answer) {
    if (!answer.edited) return refused('not_found')
    const { from, to } = answer.edited
    return tell(turn, audienceOf(from.id, to?.id), { type: 'chat.edited', message: answer.edited })
  }
  if ('deleted' in answer && asked.kind === 'delete') {
    const { deleted } = answer
    if (!deleted) return refused('id' in asked.which ? 'not_found' : 'forbidden')
    recordDeletion(turn, asked, deleted)
    unsay(turn, asked.which)
    const audience = deleted === 'many' ? 'admitted' : audienceOf(deleted.from, deleted.to)
    tell(turn, audience, { type: 'chat.deleted', which: asked.which })
  }
}

/** What an operator takes from others is recorded, not what people take back. */
function recordDeletion(
  turn: Turn,
  { socket, by, which }: Extract<Ask, { kind: 'delete' }>,
  deleted: 'many' | { from: string },
): void {
  if (deleted !== 'many' && deleted.from === by.id) return
  const target =
    'id' in which
      ? { kind: 'message' as const, id: which.id }
      : 'of' in which
        ? { kind: 'person' as const, id: which.of }
        : { kind: 'room' as const, id: null }
  record(turn, socket, by, 'chat.delete', target, deleted === 'many' ? {} : { from: deleted.from })
}

const types = { say: 'chat', edit: 'chat.edit', delete: 'chat.delete' } as const

function showPage(turn: Turn, asked: Extract<Ask, { kind: 'page' }>, answer: Answer) {
  const socket = turn.state.sockets.get(asked.socket)
  if (!socket) return
  const page = typeof answer === 'object' && 'page' in answer ? answer.page : null
  const inside = isIn(turn.state.people.get(socket.person)!)
  if (asked.welcome) {
    if (!socket.current) welcome(turn, asked.socket, inside ? page : null)
  } else if (!page || !inside)
    refuse(turn, asked.socket, { type: 'history', ref: asked.ref }, page ? 'waiting' : 'not_available')
  else
    send(turn, [asked.socket], {
      type: 'history',
      ...(asked.ref === undefined ? {} : { ref: asked.ref }),
      ...page,
    })
}

const audienceOf = (from: string, to: string | null | undefined): Audience => (to ? [from, to] : 'admitted')
