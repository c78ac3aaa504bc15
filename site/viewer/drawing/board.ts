import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Drawing, Mark, Point } from '../../../worker/live/messages/drawing-fields.ts'
import { drawing as t } from '../../text/en.ts'
import type { Desk } from '../instruments/desk.ts'
import type { Outcome } from '../live/outcome.ts'
import { MAX_DRAWING, MAX_MARKS, MAX_POINTS } from './bounds.ts'
import { type DrawKey, listenForKeys } from './draw-keys.ts'
import { newMarkId } from './mark-id.ts'
import type { Size } from './on-picture.ts'
import { type Outgoing, sendStroke } from './outgoing.ts'
import { begun, finished, goneOn, type Ink, isSlip, type Stroke, type Tool, type Weight } from './stroke.ts'

/** A mark as it is laid over the picture. */
export interface Laid {
  id: string
  mark: Mark
  /** Whose it is; null = of what is shown from a note. */
  by: string | null
}

/** Drawing over the picture: in the room for all to see at once, or on a note that is being written. */
export interface DrawingBoard {
  /** Of the note that is being written. */
  readonly marks: ReadonlySignal<readonly Mark[]>
  /** Begins to draw. @param forNote nobody sees it before the note is posted; else everybody does at once */
  begin(forNote: boolean): void
  /** For a key: begins to draw for all, or ends it. @returns whether one may */
  turn(): boolean
  /** Ends it; what was drawn for a note stays until it is taken. */
  end(): void
  /** What was drawn for the note, which is then the note's: the board is empty. Null: nothing was. */
  take(): Drawing | null
  /** Lays a note's drawing over the picture; null takes it away. */
  show(drawing: Drawing | null): void

  /** Somebody draws: with the bar, the keys and the hand. */
  readonly active: ReadonlySignal<boolean>
  readonly tool: Signal<Tool>
  readonly ink: Signal<Ink>
  readonly weight: Signal<Weight>
  /** All that lies over the picture that is large, the oldest first. */
  readonly laid: ReadonlySignal<readonly Laid[]>
  /** Why the last of it is not there; empty: it is. */
  readonly said: ReadonlySignal<string>
  undo(): void
  /** One's own; `all`: everybody's, for hosts. */
  clear(all?: boolean): void
  /** The hand comes down on the picture. @param content the picture's size in pixels */
  down(at: Point, content: Size): void
  move(points: readonly Point[]): void
  up(): void
  close(): void
}

export function createBoard({ live, mode, stream }: Desk): DrawingBoard {
  const tool = signal<Tool>('pen')
  const ink = signal<Ink>('yellow')
  const weight = signal<Weight>(3)
  const marks = signal<readonly Mark[]>([])
  const shown = signal<Drawing | null>(null)
  const said = signal('')
  const inHand = signal<Stroke | null>(null)
  /** Done by the hand, and not yet by the room. */
  const underWay = signal<readonly Stroke[]>([])
  let outgoing: Outgoing | null = null

  const active = computed(() => mode.value === 'draw' || mode.value === 'note')
  const may = computed(() => live.you.value?.permissions.includes('annotate') ?? false)

  const laid = computed((): Laid[] => {
    const own = [...underWay.value, ...(inHand.value ? [inHand.value] : [])]
    const note = (shown.value?.marks ?? []).map((mark, i) => ({ id: `shown-${i}`, mark, by: null }))
    const you = live.you.value?.name ?? null
    if (mode.value === 'note')
      return [
        ...note,
        ...marks.value.map((mark, i) => ({ id: `note-${i}`, mark, by: you })),
        ...own.map(({ id, mark }) => ({ id, mark, by: you })),
      ]
    const ours = new Set(own.map(({ id }) => id))
    const here = ({ streamId = null }: { streamId?: string | null | undefined }) => streamId === stream.value
    return [
      ...note,
      ...live.marks.value
        .filter(drawn => here(drawn) && !ours.has(drawn.id))
        .map(({ id, mark, by }) => ({ id, mark, by: by.name })),
      ...own.filter(here).map(({ id, mark }) => ({ id, mark, by: you })),
    ]
  })

  function down(at: Point, content: Size): void {
    if (!active.peek() || inHand.peek() || !may.peek()) return
    said.value = ''
    const pen = { tool: tool.peek(), ink: ink.peek(), weight: weight.peek() }
    const stroke = begun(newMarkId(), pen, at, stream.peek(), content.height / content.width)
    inHand.value = stroke
    outgoing = mode.peek() === 'draw' ? sendStroke(live.send, stroke) : null
  }

  function move(points: readonly Point[]): void {
    const before = inHand.peek()
    if (!before) return
    const { stroke, more } = goneOn(before, points)
    inHand.value = stroke
    if (more.length) outgoing?.more(more)
  }

  function up(): void {
    const stroke = inHand.peek()
    if (!stroke) return
    inHand.value = null
    const sent = outgoing
    outgoing = null
    const mark = finished(stroke)
    if (isSlip(stroke)) sent?.takeBack()
    else if (sent) void deliver(sent, { ...stroke, mark })
    else keep(mark)
  }

  async function deliver(sent: Outgoing, stroke: Stroke): Promise<void> {
    underWay.value = [...underWay.peek(), stroke]
    const outcome = await sent.end(stroke.mark.points)
    underWay.value = underWay.peek().filter(({ id }) => id !== stroke.id)
    said.value = faultOf(outcome)
  }

  /** On the note, if it still fits. */
  function keep(mark: Mark): void {
    const more = [...marks.peek(), mark]
    if (fits(more)) marks.value = more
    else said.value = t.full
  }

  const command = (what: Promise<Outcome>) =>
    void what.then(outcome => {
      said.value = faultOf(outcome)
    })

  function undo(): void {
    if (inHand.peek()) {
      outgoing?.takeBack()
      outgoing = null
      inHand.value = null
    } else if (mode.peek() === 'note') marks.value = marks.peek().slice(0, -1)
    else command(live.send({ type: 'draw.undo' }))
  }

  function clear(all = false): void {
    if (mode.peek() === 'note') marks.value = []
    else command(live.send(all ? { type: 'draw.clear', which: { all: true } } : { type: 'draw.clear' }))
  }

  function run(key: DrawKey): void {
    if (key === 'undo') undo()
    else if (key === 'clear') clear()
    else if ('tool' in key) tool.value = key.tool
    else ink.value = key.ink
  }

  const closing = [
    effect(() => {
      if (!active.value) return
      said.value = ''
      return listenForKeys(run)
    }),
    // Another mode, or the same on another picture: what is in the hand is done as far as it came.
    effect(() => {
      mode.value
      stream.value
      return up
    }),
    effect(() => {
      if (active.value && live.you.value && !may.value) mode.value = 'watch'
    }),
  ]

  function begin(forNote: boolean): void {
    if (may.peek()) mode.value = forNote ? 'note' : 'draw'
  }
  function end(): void {
    if (active.peek()) mode.value = 'watch'
  }

  return {
    marks,
    begin,
    end,
    turn() {
      if (active.peek()) end()
      else begin(false)
      return may.peek()
    },
    take() {
      up()
      const taken = marks.peek()
      marks.value = []
      return taken.length ? { marks: [...taken] } : null
    },
    show(drawing) {
      shown.value = drawing
    },
    active,
    tool,
    ink,
    weight,
    laid,
    said,
    undo,
    clear,
    down,
    move,
    up,
    close() {
      for (const stop of closing) stop()
    },
  }
}

function fits(marks: readonly Mark[]): boolean {
  const points = marks.reduce((sum, mark) => sum + mark.points.length, 0)
  return marks.length <= MAX_MARKS && points <= MAX_POINTS && JSON.stringify({ marks }).length <= MAX_DRAWING
}

/** Why it is not there, in words; empty: it is. */
function faultOf(outcome: Outcome): string {
  if ('done' in outcome) return ''
  if ('lost' in outcome) return t.lost
  const { other, ...known } = t.refused
  return known[outcome.refused as keyof typeof known] ?? other
}
