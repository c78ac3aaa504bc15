import type { Room } from '../api/client.ts'
import { t } from '../text.ts'
import { type Here, sayClock, sayDuration, sayWhen } from '../time/say.ts'
import type { GlyphName } from '../ui/glyph.tsx'

/** A state as it is shown: a silhouette and a word, and what makes it precise. */
export interface StateWords {
  glyph: GlyphName
  word: string
  sub: string | null
}

/** Where a room is, for lists: `Live` · `42 min, ends 16:00`. */
export function roomState(room: Room, here: Here): StateWords {
  const t0 = (iso: string) => Date.parse(iso)
  const ends = room.endsAt === null ? null : t.rooms.ends(shortWhen(t0(room.endsAt), here))
  switch (room.state) {
    case 'live': {
      const length = room.live ? sayDuration(here.now - t0(room.live.since)) : null
      return { glyph: 'live', word: t.rooms.live, sub: both(length, ends) }
    }
    case 'open': {
      const since = room.startsAt === null ? null : t.rooms.since(shortWhen(t0(room.startsAt), here))
      return { glyph: 'waiting', word: t.rooms.openNoPicture, sub: both(since, ends) }
    }
    case 'scheduled': {
      const length =
        room.startsAt !== null && room.endsAt !== null
          ? sayDuration(t0(room.endsAt) - t0(room.startsAt))
          : null
      return {
        glyph: 'scheduled',
        word: room.startsAt === null ? t.rooms.scheduled : sayWhen(t0(room.startsAt), here),
        sub: length,
      }
    }
    case 'ended': {
      const end = room.endedAt ?? room.endsAt
      const length =
        end !== null && room.startsAt !== null && t0(end) > t0(room.startsAt)
          ? sayDuration(t0(end) - t0(room.startsAt))
          : null
      return {
        glyph: 'ended',
        word: t.rooms.ended,
        sub: both(end === null ? null : sayWhen(t0(end), here), length),
      }
    }
  }
}

/** `16:00` on the same day, `Wed 10:00` otherwise. */
function shortWhen(at: number, here: Here): string {
  const clock = sayClock(at, here.zone)
  const when = sayWhen(at, here)
  return when === t.time.today(clock) ? clock : when
}

const both = (a: string | null, b: string | null) => [a, b].filter(Boolean).join(', ') || null

/** For the head of the room's page: one phrase, `Live 42 min`. */
export function roomHeadline(room: Room, here: Here): StateWords {
  const words = roomState(room, here)
  if (room.state === 'live' && room.live)
    return { ...words, word: t.room.liveFor(sayDuration(here.now - Date.parse(room.live.since))) }
  if (room.state === 'scheduled' && room.startsAt !== null)
    return { ...words, word: t.room.opens(sayWhen(Date.parse(room.startsAt), here)) }
  return words
}

/** What viewers get of a live room, or null while it is not live. */
export function pictureState(room: Room): { glyph: GlyphName; word: string; say: string } | null {
  if (room.state !== 'live' || !room.live) return null
  switch (room.live.playable) {
    case true:
      return { glyph: 'good', word: t.room.playable, say: t.room.playableSay }
    case false:
      return { glyph: 'waiting', word: t.room.notPlayable, say: t.room.notPlayableSay }
    default:
      return { glyph: 'unknown', word: t.room.playableUnknown, say: t.room.playableUnknownSay }
  }
}

/** `5 of 12`, or `5 taken` when seats are not limited. */
export const seatWords = (seats: number, max: number | null): string =>
  max === null ? t.rooms.seats(seats) : t.rooms.seatsOf(seats, max)
