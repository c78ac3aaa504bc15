import type { StreamNow } from './now-schema.ts'

/** What is believed of a stream: yes and no as 1 and 0, time in ms. */
interface Believed {
  publishing: number
  playableAt: number | null
  /** Whether the last look at the origin got an answer. */
  reachable: number
}

/** Whether a stream plays now; null = the origin could not be asked. */
export function playableOf({ publishing, playableAt, reachable }: Believed): boolean | null {
  if (!publishing) return false
  return reachable ? playableAt !== null : null
}

/** All streams of the room `r` as one JSON text, for {@link streamsOf}. */
export const STREAMS = `(SELECT json_group_array(json_object('id', x.id, 'kind', x.kind, 'label', x.label,
    'createdAt', x.created_at, 'playableAt', x.playable_at, 'reachable', x.reachable, 'publishing', EXISTS (
      SELECT 1 FROM publications q WHERE q.stream_id = x.id AND COALESCE(q.expires_at, 9e15) > :now)))
  FROM streams x WHERE x.room_id = r.id)`

interface Stored extends Believed, Pick<StreamNow, 'id' | 'kind' | 'label'> {
  createdAt: number
}

/** What {@link STREAMS} found, the programme first, then in the order in which they were made. */
export function streamsOf(json: string): StreamNow[] {
  const stored = JSON.parse(json) as Stored[]
  const isFurther = ({ kind }: Stored) => Number(kind !== 'programme')
  return stored
    .sort((a, b) => isFurther(a) - isFurther(b) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(row => ({
      id: row.id,
      kind: row.kind,
      label: row.label,
      publishing: Boolean(row.publishing),
      playable: playableOf(row),
    }))
}
