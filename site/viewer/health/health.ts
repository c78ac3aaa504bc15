import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { HealthNumbers, HealthReport } from '../../../worker/live/messages/health.ts'
import type { Person } from '../../../worker/live/protocol.ts'
import { readDisplay } from '../display-check/display.ts'
import { tellChecked } from '../display-check/wish.ts'
import type { Desk } from '../instruments/desk.ts'
import { keepHosts } from './hosts.ts'
import { createMeter } from './meter.ts'
import { nothing } from './numbers.ts'
import { settle, unsettled } from './settle.ts'
import { tellRoom } from './tell-room.ts'
import { isHeld, judge, UNKNOWN, type Verdict } from './verdict.ts'

/** How often this page measures, in ms. */
const EVERY = 1_000

export type Delay = NonNullable<HealthNumbers['delay']>

/** How this page's picture arrives, and for hosts everybody's. */
export interface Health {
  readonly verdict: ReadonlySignal<Verdict>
  readonly numbers: ReadonlySignal<HealthNumbers>
  /** The delay as a chart has measured it; null = it has not. The calibration sets it. */
  readonly chart: Signal<Delay | null>
  /** As measured, else as estimated from round trip, buffer and decoding; null = not known. */
  readonly delay: ReadonlySignal<Delay | null>
  /** In a word, for everybody in the room. */
  readonly coarse: ReadonlySignal<Person['health']>
  /** What others' pages said last, by their ids; only hosts are told. */
  readonly reports: ReadonlySignal<ReadonlyMap<string, HealthReport>>
  /** Whose connection the panel shows; null = one's own. */
  readonly subject: Signal<string | null>
  /** The panel shows the display check instead. */
  readonly checking: Signal<boolean>
  close(): void
}

export function createHealth(desk: Desk): Health {
  const settled = signal(unsettled)
  const numbers = signal<HealthNumbers>(nothing)
  const chart = signal<Delay | null>(null)
  const meter = createMeter()
  let busy = false

  async function measure(): Promise<void> {
    if (busy) return
    busy = true
    const player = desk.programme.peek()
    const video = player?.video.peek() ?? null
    try {
      const { measured, recent } = await meter.look(player?.source() ?? null, video)
      const { hidden } = document
      const scene = {
        ...measured,
        ...recent,
        // What is presented to nobody is no measure.
        fps: hidden ? null : measured.fps,
        hidden,
        picture: player?.report.peek().picture ?? ('none' as const),
        publishing: desk.live.room.peek()?.publishing ?? false,
        connected: desk.live.connected.peek(),
      }
      settled.value = settle(settled.peek(), judge(scene), performance.now())
      const next = { ...measured, ...readDisplay(), delay: null }
      numbers.value = { ...next, delay: chart.peek() ?? estimateOf(next) }
    } finally {
      busy = false
    }
  }

  const timer = setInterval(() => void measure().catch(() => {}), EVERY)
  const verdict = computed(() => settled.value.said)
  const { reports, close: leaveHosts } = keepHosts(desk.live)
  const stopChecked = tellChecked(desk.live)
  const stopTelling = tellRoom(desk.live, verdict, numbers)
  return {
    verdict,
    numbers,
    chart,
    delay: computed(() => chart.value ?? numbers.value.delay),
    coarse: computed(() => coarseOf(verdict.value)),
    reports,
    subject: signal(null),
    checking: signal(false),
    close() {
      clearInterval(timer)
      meter.stop()
      leaveHosts()
      stopTelling()
      stopChecked()
    },
  }
}

const coarseOf = (verdict: Verdict): Person['health'] =>
  isHeld(verdict) ? 'lost' : verdict === UNKNOWN ? 'unknown' : verdict.level

/** Half the round trip, what frames wait, and what decoding takes: all that this side knows of. */
function estimateOf({ roundTripMs, bufferMs, decodeMs }: HealthNumbers): Delay | null {
  if (bufferMs === null) return null
  return { ms: (roundTripMs ?? 0) / 2 + bufferMs + (decodeMs ?? 0), uncertaintyMs: null, how: 'estimate' }
}
