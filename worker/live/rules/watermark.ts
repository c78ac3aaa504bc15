import { record } from './recording.ts'
import type { Member } from './state.ts'
import type { Speaker } from './talking.ts'
import { markOf, nameOf, send, type Turn, tell } from './telling.ts'

/** One page that loses its mark again and again is one piece of news in so long, in ms. */
const TOLD_EVERY = 60_000

/** Tells all pages of somebody how their picture is marked, if that has changed. */
export function tellMark(turn: Turn, before: Member): void {
  const { id, watermark } = turn.state.people.get(before.facts.id)!.facts
  if (watermark === before.facts.watermark) return
  for (const [socket, { person, current }] of turn.state.sockets)
    if (person === id && current) send(turn, [socket], { type: 'watermark', watermark: markOf(turn, socket) })
}

/** A page's mark was taken off: hosts learn whose, and the audit. What a page without a mark says counts for nothing. */
export function unmarked(turn: Turn, { socket, member }: Speaker): void {
  if (member.facts.watermark === 'off') return
  const who = nameOf(member)
  const told = turn.state.replay.some(
    ({ at, news }) =>
      at > turn.at - TOLD_EVERY &&
      news.type === 'notice' &&
      news.kind === 'unmarked' &&
      news.from.id === who.id,
  )
  if (told) return
  tell(turn, 'hosts', { type: 'notice', kind: 'unmarked', from: who, text: '' })
  record(turn, socket, who, 'person.unmark', { kind: 'person', ...who })
}
