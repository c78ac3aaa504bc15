import { CHECK_MS, CONNECT_MS, OFFER_MS, SLOWEST, STALL_MS } from './limits.ts'
import type { FileSignal, Stop } from './signal.ts'
import {
  type Failure,
  isOver,
  type Step,
  type Transfer,
  type TransferEffect,
  type TransferEvent,
} from './state.ts'

/**
 * What an event makes of a transfer. Pure; the same machine on both sides. What does not fit where the transfer stands
 * changes nothing: a late answer, a second one, one from another page.
 */
export function reduceTransfer(transfer: Transfer, event: TransferEvent): Step {
  if (isOver(transfer)) return still(transfer)
  const { phase, way } = transfer
  const { now } = event
  switch (event.type) {
    case 'send':
      if (phase !== 'draft') return still(transfer)
      return to(transfer, now, { phase: 'offered' }, [
        { do: 'say', signal: { is: 'offer', id: transfer.id, file: transfer.file } },
      ])
    case 'accept':
      if (phase !== 'asked') return still(transfer)
      return to(transfer, now, { phase: 'connecting', tab: event.tab }, [
        { do: 'say', signal: { is: 'accept', id: transfer.id, tab: event.tab } },
      ])
    case 'refuse':
      if (phase !== 'asked') return still(transfer)
      return to(transfer, now, { phase: 'refused', by: 'you' }, [
        { do: 'say', signal: { is: 'refuse', id: transfer.id, why: 'refused' } },
      ])
    case 'cancel':
      // Before it is offered nobody knows of it; an offer that is asked about is refused, not cancelled.
      if (phase === 'asked') return reduceTransfer(transfer, { type: 'refuse', now })
      return to(transfer, now, { phase: 'cancelled', by: 'you' }, [
        ...(phase === 'draft' ? [] : [stop(transfer, 'cancelled')]),
        { do: 'end' },
      ])
    case 'heard':
      return phase === 'draft' ? still(transfer) : heard(transfer, event.signal, now)
    case 'open':
      if (phase !== 'connecting') return still(transfer)
      return to(transfer, now, { phase: 'moving', movedAt: now, marks: [{ at: now, moved: 0 }] })
    case 'moved':
      return phase === 'moving' ? moved(transfer, event.moved, now) : still(transfer)
    case 'all':
      return phase === 'moving'
        ? to(transfer, now, { phase: 'checking', moved: transfer.file.size })
        : still(transfer)
    case 'verified':
      if (phase !== 'checking') return still(transfer)
      return to(transfer, now, { phase: 'done' }, [
        ...(way === 'in' ? [{ do: 'save' } as const] : []),
        { do: 'end' },
      ])
    case 'broke':
      return phase === 'draft' ? still(transfer) : fail(transfer, event.why, now)
    case 'left':
      return fail(transfer, 'left', now)
    case 'tick':
      return late(transfer, now)
  }
}

function heard(transfer: Transfer, signal: Exclude<FileSignal, { is: 'offer' }>, now: number): Step {
  const { phase, way, tab } = transfer
  switch (signal.is) {
    case 'accept':
      if (phase !== 'offered') return still(transfer)
      return to(transfer, now, { phase: 'connecting', tab: signal.tab }, [{ do: 'connect' }])
    case 'refuse':
      if (phase !== 'offered') return still(transfer)
      return to(transfer, now, {
        phase: 'refused',
        by: 'them',
        refusal: { why: signal.why, limit: signal.limit ?? null },
      })
    case 'stop':
      if (signal.why === 'cancelled')
        return to(transfer, now, { phase: 'cancelled', by: 'them' }, [{ do: 'end' }])
      return to(transfer, now, { phase: 'failed', failure: theirs(signal.why, way) }, [{ do: 'end' }])
    case 'sdp': {
      const expected = way === 'out' ? 'answer' : 'offer'
      if (signal.type !== expected) return still(transfer)
      // The sender goes on with another page of this person.
      if (way === 'in' && signal.tab !== tab)
        return to(transfer, now, { phase: 'elsewhere' }, [{ do: 'end' }])
      if (phase !== 'connecting' || signal.tab !== tab) return still(transfer)
      return { transfer, effects: [{ do: 'take', type: signal.type, sdp: signal.sdp }] }
    }
  }
}

/** What went wrong over there, as this side says it: disk and file are each on one side only. */
function theirs(why: Exclude<Stop, 'cancelled'>, way: Transfer['way']): Failure {
  const known: readonly Stop[] =
    way === 'out' ? ['storage', 'hash', 'connection', 'slow'] : ['file', 'hash', 'connection', 'slow']
  return known.includes(why) ? why : 'theirs'
}

function moved(transfer: Transfer, bytes: number, now: number): Step {
  // Only ever forward, and never more than there is.
  if (!(bytes > transfer.moved && bytes <= transfer.file.size)) return still(transfer)
  const marks = [...transfer.marks, { at: now, moved: bytes }]
  // The last minute, and what was there before it.
  const kept = marks.filter(({ at }, i) => now - at < SLOWEST.ms || marks[i + 1]!.at > now - SLOWEST.ms)
  return { transfer: { ...transfer, moved: bytes, movedAt: now, marks: thin(kept) }, effects: [] }
}

/** A mark a second is enough. */
function thin(marks: Transfer['marks']): Transfer['marks'] {
  const [last, before, third] = [marks.at(-1), marks.at(-2), marks.at(-3)]
  return last && before && third && last.at - third.at < 1000 ? [...marks.slice(0, -2), last] : marks
}

function late(transfer: Transfer, now: number): Step {
  const { phase, since, movedAt, marks } = transfer
  const waited = now - since
  if ((phase === 'offered' || phase === 'asked') && waited >= OFFER_MS)
    return fail(transfer, 'no_answer', now)
  if (phase === 'connecting' && waited >= CONNECT_MS) return fail(transfer, 'connection', now)
  if (phase === 'checking' && waited >= CHECK_MS) return fail(transfer, 'lost', now)
  if (phase !== 'moving') return still(transfer)
  if (now - movedAt >= STALL_MS) return fail(transfer, 'lost', now)
  // The newest mark that is a whole window old tells what came since.
  const then = marks.findLast(({ at }) => now - at >= SLOWEST.ms)
  return then && transfer.moved - then.moved < SLOWEST.bytes ? fail(transfer, 'slow', now) : still(transfer)
}

const stops: Record<Failure, Stop> = {
  connection: 'connection',
  lost: 'connection',
  no_relay: 'connection',
  unsaid: 'cancelled',
  slow: 'slow',
  hash: 'hash',
  storage: 'storage',
  file: 'file',
  protocol: 'protocol',
  no_answer: 'cancelled',
  left: 'cancelled',
  theirs: 'cancelled',
}

/** The other side hears of it, unless it never heard of the transfer. */
const fail = (transfer: Transfer, failure: Failure, now: number): Step =>
  to(transfer, now, { phase: 'failed', failure }, [
    ...(transfer.phase === 'draft' ? [] : [stop(transfer, stops[failure])]),
    { do: 'end' },
  ])

const stop = ({ id }: Transfer, why: Stop): TransferEffect => ({ do: 'say', signal: { is: 'stop', id, why } })

const to = (
  transfer: Transfer,
  now: number,
  change: Partial<Transfer>,
  effects: TransferEffect[] = [],
): Step => ({ transfer: { ...transfer, since: now, ...change }, effects })

const still = (transfer: Transfer): Step => ({ transfer, effects: [] })

/** Bytes a second over the last seconds; null while there is too little to say. */
export function speedOf({ phase, moved: bytes, marks }: Transfer, now: number): number | null {
  if (phase !== 'moving') return null
  const then = marks.findLast(({ at }) => now - at >= 5000) ?? marks[0]
  return then && now - then.at >= 1000 ? ((bytes - then.moved) / (now - then.at)) * 1000 : null
}
