import type { JoinAnswer, RoomView } from '../../worker/people/schema.ts'
import { backoff } from '../lib/backoff.ts'
import type { Refusal } from '../lib/refusal.ts'
import type { JoinOutcome, Needs, PinFault, RoomOutcome } from './api.ts'
import type { Left, RoomNews } from './live/news.ts'
import type { Methods, SignIn, SignInFault, SignInOutcome, SignInWay } from './sign-in-state.ts'

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
  /** No secret in the address; where it names a room, whoever stands on its list signs in. */
  | { at: 'no-link'; signIn: SignIn | null }
  /** Somebody who had signed in is looked up: nothing has to be asked of them. */
  | { at: 'returning'; token: string; trouble: Trouble | null }
  | { at: 'joining'; given: Given }
  /** The link wants a name or a PIN; `busy` while they are being checked. */
  | { at: 'asking'; needs: Needs; fault: PinFault | null; busy: boolean; given: Given }
  /** The link lets nobody in; asked again at `nextTryAt`, if that can change. */
  | {
      at: 'refused'
      refusal: Refusal
      given: Given
      nextTryAt: number | null
      /** The token of somebody who signed in: they are looked up, they have no link to join with. */
      account?: string
    }
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
      /** The room ended this page's line, and does not expect it back by itself. */
      left: Left | null
      /** Came in by signing in, not through a link. */
      account?: true
    }

export type VisitEvent = { now: number } & (
  | {
      type: 'opened'
      by: 'link' | 'account' | null
      kept: { token: string; name: string } | null
      /** A token made elsewhere, which the address brought along. */
      token?: string | null
    }
  | { type: 'submitted'; given: Given }
  | { type: 'answered'; outcome: JoinOutcome }
  | { type: 'news'; news: RoomNews }
  /** Time has come, or the viewer does not want to wait. */
  | { type: 'tick' | 'try-now' }
  /** The seat is on another device: take it back. */
  | { type: 'watch-here' }
  /** The room is on another page of this person: have it here again. */
  | { type: 'come-back' }
  /** What can be signed in with is known. */
  | { type: 'methods'; methods: Methods }
  | { type: 'sign-in'; way: SignInWay }
  | { type: 'signed-in'; outcome: SignInOutcome }
  | { type: 'looked'; token: string; outcome: RoomOutcome }
)

export type VisitEffect =
  /** With the token the same person comes back. */
  | { do: 'join'; given: Given; token?: string }
  | { do: 'keep'; token: string; name: string }
  | { do: 'forget' }
  | { do: 'follow'; token: string }
  | { do: 'leave' }
  | { do: 'ask-room' }
  | { do: 'come-back' }
  /** The seat is here again: the player starts anew. */
  | { do: 'resume' }
  | { do: 'find-methods' }
  | { do: 'sign-in'; way: SignInWay }
  /** Asks for the room as who had signed in. */
  | { do: 'look'; token: string }

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
      if (event.by === null) return { visit: { at: 'no-link', signIn: null }, effects: [] }
      if (event.by === 'account' && event.token) return withToken(event.token)
      if (event.by === 'account') return event.kept ? wasKept(event.kept.token) : atDoor(null)
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
      // Without a link the seat comes back by signing in once more.
      if (visit.account) return leaveTo(atDoor(null))
      return { visit, effects: [{ do: 'join', given: visit.given, token: visit.token }] }
    case 'come-back':
      if (visit.at !== 'in' || !visit.left) return { visit, effects: [] }
      return { visit: { ...visit, left: null }, effects: [{ do: 'come-back' }] }
    case 'methods':
      if (visit.at !== 'no-link' || !visit.signIn) return { visit, effects: [] }
      return { visit: { ...visit, signIn: { ...visit.signIn, methods: event.methods } }, effects: [] }
    case 'sign-in':
      if (visit.at !== 'no-link' || !visit.signIn || visit.signIn.busy) return { visit, effects: [] }
      return {
        visit: { ...visit, signIn: { ...visit.signIn, busy: true, fault: null } },
        effects: [{ do: 'sign-in', way: event.way }],
      }
    case 'signed-in':
      return signedIn(visit, event.outcome, now)
    case 'looked':
      return looked(visit, event.token, event.outcome, now, spread)
  }
}

/** Before the door of a room, for a reason or for the first time. */
const atDoor = (fault: SignInFault | null): Step => ({
  visit: { at: 'no-link', signIn: { methods: null, busy: false, fault } },
  effects: [{ do: 'find-methods' }],
})

/** Whoever comes with a token wants in with that, whoever they were before. */
function withToken(token: string): Step {
  const { visit, effects } = atDoor(null)
  if (visit.at !== 'no-link' || !visit.signIn) return { visit, effects }
  return {
    visit: { ...visit, signIn: { ...visit.signIn, busy: true } },
    effects: [...effects, { do: 'sign-in', way: { by: 'token', token } }],
  }
}

/** This tab knows who signed in. */
const wasKept = (token: string): Step => ({
  visit: { at: 'returning', token, trouble: null },
  effects: [{ do: 'look', token }],
})

const leaveTo = ({ visit, effects }: Step): Step => ({ visit, effects: [{ do: 'leave' }, ...effects] })

function signedIn(visit: Visit, outcome: SignInOutcome, now: number): Step {
  if (visit.at !== 'no-link' || !visit.signIn) return { visit, effects: [] }
  if ('joined' in outcome) return enter(outcome.joined, {}, now, true)
  if ('fault' in outcome)
    return {
      visit: { ...visit, signIn: { ...visit.signIn, busy: false, fault: outcome.fault } },
      effects: [],
    }
  // There is nothing to ask again with.
  return { visit: { at: 'refused', refusal: outcome.refusal, given: {}, nextTryAt: null }, effects: [] }
}

/** The answer to somebody who had signed in before, in this tab. */
function looked(visit: Visit, token: string, outcome: RoomOutcome, now: number, spread: number): Step {
  if (visit.at !== 'returning' && visit.at !== 'refused') return { visit, effects: [] }
  if (outcome === 'signed-out') {
    const door = atDoor({ is: 'ended' })
    return { ...door, effects: [{ do: 'forget' }, ...door.effects] }
  }
  if (outcome === 'unreachable') {
    if (visit.at === 'refused') return { visit: { ...visit, nextTryAt: now + ASK_AGAIN }, effects: [] }
    const failures = (visit.trouble?.failures ?? 0) + 1
    const trouble = { failures, nextTryAt: now + backoff(failures, spread) }
    return { visit: { ...visit, trouble }, effects: [] }
  }
  if ('view' in outcome) return enter({ ...outcome.view, token }, {}, now, true)
  const nextTryAt = askedAgainAt(outcome.refusal, now)
  return {
    visit: { at: 'refused', refusal: outcome.refusal, given: {}, nextTryAt, account: token },
    effects: [],
  }
}

/** Asks once more; what is on screen stays there meanwhile. */
function again(visit: Visit): Step {
  switch (visit.at) {
    case 'in':
      return { visit, effects: [{ do: 'ask-room' }] }
    case 'refused': {
      const { account, given } = visit
      const effect: VisitEffect = account ? { do: 'look', token: account } : { do: 'join', given }
      return { visit: { ...visit, nextTryAt: null }, effects: [effect] }
    }
    case 'returning':
      if (!visit.trouble) return { visit, effects: [] }
      return {
        visit: { ...visit, trouble: { ...visit.trouble, nextTryAt: null } },
        effects: [{ do: 'look', token: visit.token }],
      }
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
  const nextTryAt = askedAgainAt(outcome.refusal, now)
  return { visit: { at: 'refused', refusal: outcome.refusal, given, nextTryAt }, effects: leaving }
}

const askedAgainAt = (refusal: Refusal, now: number): number | null =>
  lasting.includes(refusal.code) ? null : now + ASK_AGAIN

function enter({ token, ...view }: JoinAnswer, given: Given, now: number, account = false): Step {
  const entered = { token, view, skew: skewOf(view, now), given, refusal: null, trouble: null, left: null }
  return {
    visit: { at: 'in', ...entered, ...(account ? { account } : {}) },
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
        visit: {
          ...visit,
          view: news.view,
          // The clock in a view that changed in part is as old as the one before.
          skew: news.view.now === visit.view.now ? visit.skew : skewOf(news.view, now),
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
    case 'left':
      return { visit: { ...visit, left: news.why, trouble: null }, effects: [] }
    case 'signed-out': {
      if (visit.account) {
        const door = leaveTo(atDoor({ is: 'ended' }))
        return { ...door, effects: [{ do: 'forget' }, ...door.effects] }
      }
      // What was typed is typed again for the viewer; a PIN that is not remembered is asked for.
      return {
        visit,
        effects: [{ do: 'forget' }, { do: 'join', given: { name: visit.view.person.name, ...visit.given } }],
      }
    }
  }
}

const skewOf = (view: RoomView, now: number): number => Date.parse(view.now) - now

/** When something is due that no event announces, in ms; Infinity if nothing is. */
export function visitWakeAt(visit: Visit): number {
  if (visit.at === 'unreachable') return visit.trouble.nextTryAt ?? Number.POSITIVE_INFINITY
  if (visit.at === 'returning') return visit.trouble?.nextTryAt ?? Number.POSITIVE_INFINITY
  if (visit.at === 'refused') return visit.nextTryAt ?? Number.POSITIVE_INFINITY
  return Number.POSITIVE_INFINITY
}
