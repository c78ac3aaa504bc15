import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { startPoll } from '../api/poll.ts'
import type { ListedPerson } from '../api/room-calls.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { whoKnocked } from './person-words.ts'

/** How often it is looked who is there while the page is visible, in ms: somebody waits before a door. */
const EVERY = 4000

/** A room's people, kept fresh; who knocks is told to screen readers. Answers how to look at once. */
export function usePeople(roomId: string) {
  const [people, setPeople] = useState<readonly ListedPerson[] | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const look = useRef(() => Promise.resolve())
  useEffect(() => {
    let before: readonly ListedPerson[] | null = null
    const poll = startPoll(
      async () => {
        try {
          const now = await api.people(roomId)
          const knocked = whoKnocked(before, now).map(({ name }) => name)
          if (knocked.length > 0) announce(t.roomPeople.knocked(knocked))
          before = now
          setPeople(now)
          setFailure(null)
        } catch (e) {
          setFailure(asFailure(e))
          throw e
        }
      },
      { every: EVERY },
    )
    look.current = poll.now
    return poll.stop
  }, [roomId])
  return { people, failure, look: () => look.current() }
}
