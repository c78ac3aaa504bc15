import type { ToServer } from '../protocol.ts'
import type { Answer, Ask, Incident, Member, Unwell } from './state.ts'
import type { Speaker } from './talking.ts'
import {
  ask,
  done,
  holds,
  isIn,
  nameOf,
  personOf,
  putMember,
  refuse,
  send,
  type Turn,
  tell,
} from './telling.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

/** A picture that is not well for so long, in ms, is an incident. */
export const INCIDENT_AFTER = 5_000

/** What a page says of its picture goes to the hosts. What lasts is written down. */
export function report(turn: Turn, { member }: Speaker, message: Of<'health'>, fresh: string): void {
  const { id } = member.facts
  const { level, side, cause, numbers } = message
  const said = { level, side, cause, numbers }
  const hosts = [...turn.state.sockets].flatMap(([socket, { current, person }]) => {
    const other = turn.state.people.get(person)!
    return current && person !== id && isIn(other) && holds(other, 'op') ? [socket] : []
  })
  if (hosts.length) send(turn, hosts, { type: 'health', of: id, ...said })
  if (level === 'good' || level === 'unknown') {
    endIncident(turn, member)
    putMember(turn, id, { report: said, unwell: null })
    return
  }
  const { unwell: before } = member
  const worse = before?.level !== 'poor' && level === 'poor'
  const unwell: Unwell =
    before && !worse
      ? before
      : { id: before?.id ?? fresh, level, side, cause, beganAt: before?.beganAt ?? turn.at, noted: false }
  const due = !unwell.noted && turn.at - unwell.beganAt >= INCIDENT_AFTER
  putMember(turn, id, { report: said, unwell: { ...unwell, noted: unwell.noted || due } })
  if (due) ask(turn, { kind: 'incident', incident: incidentOf(member, unwell, null) })
}

/** Their picture is well again, or they are gone: what lasted long enough has an end now. */
export function endIncident(turn: Turn, member: Member): void {
  const { unwell } = member
  if (!unwell || turn.at - unwell.beganAt < INCIDENT_AFTER) return
  ask(turn, { kind: 'incident', incident: incidentOf(member, unwell, turn.at) })
}

const incidentOf = (
  { facts }: Member,
  { noted: _, ...unwell }: Unwell,
  endedAt: number | null,
): Incident => ({
  ...unwell,
  personId: facts.id,
  personName: facts.name,
  endedAt,
})

export const checkDisplay = (turn: Turn, { socket, member }: Speaker, message: Of<'display'>): void =>
  ask(turn, {
    kind: 'display',
    socket,
    by: nameOf(member),
    ref: message.ref,
    checked: message.checked,
    at: turn.at,
  })

/** Everybody sees it once it is saved. */
export function displayChecked(
  turn: Turn,
  { socket, by, ref }: Extract<Ask, { kind: 'display' }>,
  answer: Answer,
): void {
  const message = { type: 'display', ref }
  if (typeof answer !== 'object' || !('checked' in answer)) {
    if (turn.state.sockets.has(socket)) refuse(turn, socket, message, 'not_saved')
    return
  }
  const member = turn.state.people.get(by.id)
  if (member && member.facts.displayChecked !== answer.checked) {
    putMember(turn, by.id, { facts: { ...member.facts, displayChecked: answer.checked } })
    if (isIn(member))
      tell(turn, 'admitted', { type: 'person.changed', person: personOf(turn.state.people.get(by.id)!) })
  }
  done(turn, socket, message)
}
