import { effect, type ReadonlySignal } from '@preact/signals'
import type { HealthNumbers } from '../../../worker/live/messages/health.ts'
import type { Live } from '../live/room-store.ts'
import type { Verdict } from './verdict.ts'

/** While a host is there or the picture is not well, the room hears of it this often, in ms. */
const EVERY = 5_000
/** And never more often than that. */
const AT_MOST = 2_000

/** Tells the room how the picture arrives: when that changes, and in between for hosts. Returns a way to stop. */
export function tellRoom(
  live: Live,
  verdict: ReadonlySignal<Verdict>,
  numbers: ReadonlySignal<HealthNumbers>,
): () => void {
  let toldAt = Number.NEGATIVE_INFINITY
  let told = ''
  return effect(() => {
    const measured = numbers.value
    const { level, side, cause } = verdict.value
    const you = live.you.value
    if (!live.connected.value || you?.state !== 'admitted') {
      told = ''
      return
    }
    const hosted = live.people.value.some(
      ({ id, permissions }) => id !== you.id && permissions.includes('op'),
    )
    const what = `${level} ${side} ${cause} ${hosted}`
    const now = performance.now()
    const due =
      what === told ? now - toldAt >= EVERY && (hosted || level === 'fair' || level === 'poor') : true
    if (!due || now - toldAt < AT_MOST) return
    // A page that begins has nothing to say yet, and nobody to say it to.
    if (told === '' && level === 'unknown') return
    told = what
    toldAt = now
    live.send({ type: 'health', level, side, cause, numbers: rounded(measured) })
  })
}

/** As exact as anybody reads it. */
const rounded = (numbers: HealthNumbers): HealthNumbers =>
  JSON.parse(JSON.stringify(numbers, (_, value) => (typeof value === 'number' ? short(value) : value)))

const short = (value: number): number => (Number.isInteger(value) ? value : Number(value.toFixed(4)))
