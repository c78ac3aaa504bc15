import { type Db, sql } from '../db.ts'
import type { Place } from '../live/place.ts'
import { faultOf, type Log } from '../log.ts'

/** Writes down how many people a sub-room's channel has, so that all others and the database know where somebody is. */
export interface Census {
  /** Now it is so many; written when it is a change, or when the last time failed. */
  note(people: number): void
  /** Something is still to be written. */
  readonly owes: boolean
  settled(): Promise<void> | undefined
}

/** @param written how many there are as the database has it */
export function createCensus({ db, log }: { db: Db; log: Log }, place: Place, written: number): Census {
  let there = written
  let wanted = written
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    // After the events under way.
    await Promise.resolve()
    try {
      while (wanted !== there) {
        const people = wanted
        await db.execute(
          sql('UPDATE subrooms SET people = :people WHERE room_id = :roomId AND name = :sub', {
            ...place,
            people,
          }),
        )
        there = people
      }
    } catch (error) {
      log.warn('live.people-not-noted', { room: place.roomId, error: faultOf(error) })
    }
  }

  return {
    note(people) {
      wanted = people
      if (wanted === there) return
      writing ??= write().finally(() => {
        writing = undefined
      })
    },
    get owes() {
      return wanted !== there
    },
    settled: () => writing,
  }
}
