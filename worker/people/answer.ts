import { signToken } from '../crypto/token.ts'
import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import type { Call } from '../http/route.ts'
import type { Grant } from '../links/permissions.ts'
import { elsewhere } from '../rooms/elsewhere.ts'
import { roomState } from '../rooms/state.ts'
import { playableOf, streamsOf } from '../streams/now.ts'
import { refreshStream } from '../streams/watch.ts'
import { watermarkOf } from '../watermark/watermark.ts'
import { doorOf, waitingOf } from './door-view.ts'
import { mayWatch, refusal } from './may-watch.ts'
import type { JoinAnswer, RoomView } from './schema.ts'
import type { ViewRow } from './store.ts'
import { PERSON_TOKEN_MS, type PersonClaims } from './token.ts'

/** What answering needs of a call. */
export type AfterAnswer = Pick<Call<never, never>, 'address' | 'after' | 'app'>

/** The room as one person may see it. @throws {Problem} when they may not watch any more, with the true reason */
export function viewOf(
  { app, address }: Pick<AfterAnswer, 'app' | 'address'>,
  row: ViewRow,
  person: { id: string; name: string },
  now: number,
): RoomView {
  const verdict = mayWatch(row, now)
  if (verdict.state === 'refused') throw refusal(verdict.code, { ...verdict, reason: row.removedReason })
  if (row.redirect !== null) throw elsewhere(row.redirect)
  const publishing = Boolean(row.publishing)
  const { roomStartsAt: startsAt, roomEndsAt: endsAt, roomEndedAt: endedAt } = row
  return {
    person,
    room: {
      slug: row.slug,
      title: row.title,
      state: roomState({ startsAt, endsAt, endedAt, publishing }, now),
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      maxViewers: row.maxViewers,
      ...doorOf(row),
    },
    permissions: JSON.parse(row.permissions) as Grant[],
    state: verdict.state,
    ...waitingOf(verdict),
    publishing,
    playable: playableOf(row),
    streams: streamsOf(row.streams),
    demo: app.config.demo,
    watermark: watermarkOf(
      row.watermark,
      { name: person.name, link: row.linkLabel, address: address ?? null },
      now,
    ),
    now: iso(now)!,
  }
}

/** A page that polls while somebody publishes keeps belief and truth together: see refreshStream. */
export function keepFresh(call: AfterAnswer, row: ViewRow): void {
  for (const { id, publishing } of streamsOf(row.streams))
    if (publishing) call.after('stream.refresh', () => refreshStream(call.app, id))
}

/**
 * What somebody gets who has come in, whichever way: the room, and the bearer of this page.
 * @throws {Problem} when they may not watch, with the true reason
 */
export async function joinAnswer(
  call: AfterAnswer,
  row: ViewRow,
  person: { id: string; name: string },
  now: number,
): Promise<JoinAnswer> {
  const { app } = call
  const view = viewOf(call, row, person, now)
  const claims: PersonClaims = { p: person.id, r: row.roomId, l: row.linkId, g: now }
  keepFresh(call, row)
  const token = await signToken(app.keys, 'person-token', claims, now + PERSON_TOKEN_MS)
  return { ...view, token }
}
