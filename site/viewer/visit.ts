import type { JoinAnswer, RoomView } from '../../worker/people/schema.ts'
import { backoff } from '../lib/backoff.ts'
import type { Refusal } from '../lib/refusal.ts'
import type { JoinOutcome, Needs, PinFault } from './api.ts'
import type { RoomNews } from './room-state.ts'

/** What the viewer typed. */
export interface Given {
  name?: string
  pin?: string
}

/** Answers missed in a row, and when the next one is asked for, in ms; null while it is being asked for. */
export interface Trouble {
  failures: number
  nextTryAt: number | null
}

/** Where a viewer is between opening a link and being in the room. */
export type Visit =
  | { at: 'no-link' }
  | { at: 'joining'; given: Given }
  /** The link wants a name or a PIN; `busy` while they are being checked. */
  | { at: 'asking'; needs: Needs; fault: PinFault | null; busy: boolean; given: Given }
  /** The link lets nobody in; asked again at `nextTryAt`, if that can change. */
  | { at: 'refused'; refusal: Refusal; given: Given; nextTryAt: number | null }
  | { at: 'unreachable'; trouble: Trouble; given: Given }
  | {
      at: 'in'
      token: string
      view: RoomView
      /** The server's clock minus ours, in ms. */
      skew: number
      given: Given
      /** Since when the room refuses what it had allowed. */
      refusal: Refusal | null
      trouble: Trouble | null
    }

export type VisitEvent = { now: number } & (
  | { type: 'opened'; linked: boolean; kept: { token: string; name: string } | null }
  | { type: 'submitted'; given: Given }
  | { type: 'answered'; outcome: JoinOutcome }
  | { type: 'news'; news: RoomNews }
  /** Time has come, or the viewer does not want to wait. */
  | { type: 'tick' | 'try-now' }
  /** The seat is on another device: take it back. */
  | { type: 'watch-here' }
)

export type VisitEffect =
  /** With the token the same person comes back. */
  | { do: 'join'; given: Given; token?: string }
  | { do: 'keep'; token: string; name: string }
  | { do: 'forget' }
  | { do: 'follow'; token: string }
  | { do: 'leave' }
  | { do: 'ask-room' }
  /** The seat is here again: the player starts anew. */
  | { do: 'resume' }

interface Step {
  visit: Visit
  effects: VisitEffect[]
}

/** A link that does not open may be extended, taken back into use, reopened: asked again this often, in ms. */
const ASK_AGAIN = 15_000
const lasting: readonly Refusal['code'][] = ['not_found', 'removed']

/** What an event makes of a visit. Pure: the clock comes in with the event, `spread` (0 to 1) is the page's own. */
export function reduceVisit(visit: Visit, event: VisitEvent, spread: number): Step {
  const { now } = event
  switch (event.type) {
    case 'opened': {
      if (!event.linked) return { visit: { at: 'no-link' }, effects: [] }
      if (!event.kept) return { visit: { at: 'joining', given: {} }, effects: [{ do: 'join', given: {} }] }
      const given = { name: event.kept.name }
      return { visit: { at: 'joining', given }, effects: [{ do: 'join', given, token: event.kept.token }] }
    }
    case 'submitted':
      if (visit.at !== 'asking') return { visit, effects: [] }
      return {
        visit: { ...visit, given: { ...visit.given, ...event.given }, busy: true },
        effects: [{ do: 'join', given: { ...visit.given, ...event.given } }],
      }
    case 'answered':
      return answered(visit, event.outcome, now, spread)
    case 'news':
      return visit.at === 'in' ? heard(visit, event.news, now) : { visit, effects: [] }
    case 'try-now':
    case 'tick':
      return again(visit)
    case 'watch-here':
      if (visit.at !== 'in') return { visit, effects: [] }
      return { visit, effects: [{ do: 'join', given: visit.given, token: visit.token }] }
  }
}

/** Asks once more; what is on screen stays there meanwhile. */
function again(visit: Visit): Step {
  switch (visit.at) {
    case 'in':
      return { visit, effects: [{ do: 'ask-room' }] }
    case 'refused':
      return { visit: { ...visit, nextTryAt: null }, effects: [{ do: 'join', given: visit.given }] }
    case 'unreachable': {
      const trouble = { ...visit.trouble, nextTryAt: null }
      return { visit: { ...visit, trouble }, effects: [{ do: 'join', given: visit.given }] }
    }
    default:
      return { visit, effects: [] }
  }
}

function answered(visit: Visit, outcome: JoinOutcome, now: number, spread: number): Step {
  const given = 'given' in visit ? visit.given : {}
  if (outcome === 'unreachable') {
    // In the room the picture, or the waiting, goes on; the room itself is being asked all the time.
    if (visit.at === 'in') return { visit, effects: [] }
    const failures = visit.at === 'unreachable' ? visit.trouble.failures + 1 : 1
    const trouble = { failures, nextTryAt: now + backoff(failures, spread) }
    return { visit: { at: 'unreachable', trouble, given }, effects: [] }
  }
  if ('joined' in outcome) {
    const { visit: entered, effects } = enter(outcome.joined, given, now)
    return { visit: entered, effects: visit.at === 'in' ? [...effects, { do: 'resume' }] : effects }
  }
  const leaving: VisitEffect[] = visit.at === 'in' ? [{ do: 'leave' }] : []
  if ('needs' in outcome)
    return {
      visit: { at: 'asking', needs: outcome.needs, fault: outcome.fault, busy: false, given },
      effects: leaving,
    }
  const nextTryAt = lasting.includes(outcome.refusal.code) ? null : now + ASK_AGAIN
  return { visit: { at: 'refused', refusal: outcome.refusal, given, nextTryAt }, effects: leaving }
}

function enter({ token, ...view }: JoinAnswer, given: Given, now: number): Step {
  return {
    visit: { at: 'in', token, view, skew: skewOf(view, now), given, refusal: null, trouble: null },
    effects: [
      { do: 'keep', token, name: view.person.name },
      { do: 'follow', token },
    ],
  }
}

function heard(visit: Visit & { at: 'in' }, news: RoomNews, now: number): Step {
  switch (news.type) {
    case 'view':
      return {
        // A view told once more is old, and its clock with it.
        visit: {
          ...visit,
          view: news.view,
          skew: news.view === visit.view ? visit.skew : skewOf(news.view, now),
          refusal: null,
          trouble: null,
        },
        effects: [],
      }
    case 'refused':
      return { visit: { ...visit, refusal: news.refusal, trouble: null }, effects: [] }
    case 'unreachable': {
      const { failures, nextTryAt } = news
      return { visit: { ...visit, trouble: { failures, nextTryAt } }, effects: [] }
    }
    case 'signed-out':
      // What was typed is typed again for the viewer; a PIN that is not remembered is asked for.
      return {
        visit,
        effects: [{ do: 'forget' }, { do: 'join', given: { name: visit.view.person.name, ...visit.given } }],
      }
  }
}

const skewOf = (view: RoomView, now: number): number => Date.parse(view.now) - now

/** When something is due that no event announces, in ms; Infinity if nothing is. */
export function visitWakeAt(visit: Visit): number {
  if (visit.at === 'unreachable') return visit.trouble.nextTryAt ?? Number.POSITIVE_INFINITY
  if (visit.at === 'refused') return visit.nextTryAt ?? Number.POSITIVE_INFINITY
  return Number.POSITIVE_INFINITY
}
