import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import type { Outcome } from '../live/outcome.ts'
import type { Live } from '../live/room-store.ts'
import type { Stroke } from './stroke.ts'

/** Between two parts of a stroke on its way to the others, in ms. */
const PART_EVERY = 50

/** A stroke on its way to the room, while it is drawn. */
export interface Outgoing {
  more(points: readonly Point[]): void
  /** Nothing more comes; these are all its points. Resolves with what became of it. */
  end(points: Point[]): Promise<Outcome>
  /** It was not meant: takes it back. */
  takeBack(): void
}

/** The first part is sent when there is something to see, the rest as it comes, at most each {@link PART_EVERY}. */
export function sendStroke(send: Live['send'], { id, mark, streamId }: Stroke): Outgoing {
  let waiting: Point[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let first: Promise<Outcome> | undefined

  function begin(points: Point[]): void {
    first = send({
      type: 'draw.mark',
      id,
      mark: { ...mark, points },
      ...(streamId === null ? {} : { streamId }),
    })
  }
  if (mark.tool === 'pen') begin(mark.points)

  function flush(): void {
    timer = undefined
    if (!waiting.length) return
    const points = mark.tool === 'pen' ? waiting : waiting.slice(-1)
    waiting = []
    if (first) void send({ type: 'draw.extend', id, points })
    else begin([mark.points[0]!, points[0]!])
    timer = setTimeout(flush, PART_EVERY)
  }

  function stop(): void {
    clearTimeout(timer)
    timer = undefined
    waiting = []
  }

  return {
    more(points) {
      waiting.push(...points)
      timer ??= setTimeout(flush, 0)
    },
    async end(points) {
      stop()
      if (!first) begin(points)
      const begun = await first!
      if (!('done' in begun)) return begun
      return send({ type: 'draw.end', id, points })
    },
    takeBack() {
      stop()
      if (first) void send({ type: 'draw.undo' })
    },
  }
}
