import type { App } from '../deps.ts'
import { originClient } from '../origins/client.ts'
import {
  doubtfulStreams,
  noteAbsent,
  notePresent,
  noteSilence,
  noteUnreachable,
  type StreamRow,
  streamById,
  takeLook,
} from './store.ts'

/** A publisher that has sent nothing for longer than this, in ms, is frozen: its encoder may be let in again. */
export const FROZEN_AFTER = 3_000

/** A publisher that looks frozen is looked at again after this pause, in ms: the origin's clock may be wrong. */
const SECOND_LOOK = 1_000

/**
 * A publication younger than this, in ms, is not called gone because the origin does not list it yet: without sound, OME
 * lists a stream after 10 s only (reference: measured).
 */
export const SETTLING = 15_000

/** Pause in ms after a closing, before the origin is asked whether the stream is really gone. */
const AFTER_CLOSING = 1_000

/** While people wait for or watch a stream, the origin is asked about it at most this often (ms). */
const LOOK_EVERY = 4_000

/** After an opening, looks at one stream lie at least this far apart (ms), however many wait for it. */
const LOOK_APART = 150

/**
 * Pauses in ms between looks after an opening, until the stream plays: OME lists a stream after 0.2 s, packages it
 * after about 1 s, or after 10 s when it has no audio (reference: measured from the start of the push). In all 15 s,
 * in 25 looks: within what Workers allow after an answer.
 */
export const LOOK_PAUSES = [
  ...Array(6).fill(200),
  ...Array(6).fill(300),
  ...Array(6).fill(600),
  ...Array(7).fill(1_200),
]

type Found = 'playable' | 'present' | 'absent' | 'unreachable'

/** Asks the origin about one stream, writes down what it says, and tells the room's live channel when that is news. */
export async function lookAtStream(app: App, stream: StreamRow): Promise<Found> {
  const found = await askAndNote(app, stream)
  if (isNews(stream, found)) await app.live.changed(stream.roomId)
  return found
}

/** Whether a look found anything else than what was believed. */
function isNews({ publications, playableAt, reachable }: StreamRow, found: Found): boolean {
  if (found === 'unreachable') return Boolean(reachable)
  if (!reachable || (playableAt !== null) !== (found === 'playable')) return true
  return publications > 0 === (found === 'absent')
}

async function askAndNote(app: App, stream: StreamRow): Promise<Found> {
  const origin = app.origins.get(stream.originId)
  const found = origin ? await originClient(origin, app.fetch).stream(stream.hiddenName) : 'unreachable'
  const now = app.now()
  if (found === 'unreachable') {
    await noteUnreachable(app.db, stream.id, now)
    return found
  }
  if (found === 'absent') {
    await noteAbsent(app.db, stream.id, now, now - SETTLING)
    return found
  }
  await notePresent(app.db, stream.id, found, now, now - SETTLING)
  return found.playable ? 'playable' : 'present'
}

/** One look if none was taken lately: what a polling page sets off, so that belief and truth meet without a closing. */
export async function refreshStream(app: App, streamId: string): Promise<void> {
  if (!(await takeLook(app.db, streamId, app.now(), LOOK_EVERY))) return
  const stream = await streamById(app.db, streamId)
  if (stream) await lookAtStream(app, stream)
}

/** After a publisher's opening: frees the name from a frozen predecessor, then looks until the stream plays. */
export async function followOpening(
  app: App,
  opened: { streamId: string; originId: string; hiddenName: string; others: number },
): Promise<void> {
  if (opened.others > 0) await dropFrozen(app, opened.originId, opened.hiddenName)
  for (const pause of LOOK_PAUSES) {
    await app.wait(pause)
    // An encoder that connects again and again starts one of these each time; the origin is asked by one of them.
    if (!(await takeLook(app.db, opened.streamId, app.now(), LOOK_APART))) continue
    const stream = await streamById(app.db, opened.streamId)
    if (!stream?.publications) return
    const found = await lookAtStream(app, stream)
    if (found === 'playable' || found === 'unreachable') return
  }
}

/**
 * After a publisher's closing the origin says whether somebody publishes there. It is asked even when nobody is left
 * by our books: a WHIP closing does not tell surely whose it is.
 */
export async function followClosing(app: App, streamId: string): Promise<void> {
  await app.wait(AFTER_CLOSING)
  const stream = await streamById(app.db, streamId)
  if (stream) await lookAtStream(app, stream)
}

/**
 * Brings belief and truth together where nobody watches: a WHIP client that vanishes sends no closing, and a closing can
 * be lost. One list a minute per application, and a look at those streams only for which it says something new.
 */
export async function reconcileStreams(app: App): Promise<void> {
  for (const origin of app.origins.all()) {
    const listed = await originClient(origin, app.fetch).streams()
    if (!Array.isArray(listed)) {
      await noteSilence(app.db, origin.id)
      continue
    }
    for (const stream of await doubtfulStreams(app.db, origin.id, listed)) await lookAtStream(app, stream)
  }
}

async function dropFrozen(app: App, originId: string, hiddenName: string): Promise<void> {
  const origin = app.origins.get(originId)
  if (!origin) return
  const client = originClient(origin, app.fetch)
  const received = await client.lastReceived(hiddenName)
  if (typeof received !== 'number' || app.now() - received <= FROZEN_AFTER) return
  await app.wait(SECOND_LOOK)
  if ((await client.lastReceived(hiddenName)) !== received) return
  const dropped = await client.drop(hiddenName)
  app.log.info('publisher.frozen', { originId, dropped, silentMs: app.now() - received })
}
