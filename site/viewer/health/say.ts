import type { HealthNumbers, HealthReport } from '../../../worker/live/messages/health.ts'
import { t } from './text.ts'
import type { Verdict } from './verdict.ts'

type Level = HealthReport['level']

/** Bars out of three. */
export const barsOf = (level: Level): number => ({ good: 3, fair: 2, poor: 1, unknown: 0 })[level]

/** What is wrong, in the middle of a sentence; null when nothing is. Others' pages send no value apart from their numbers. */
export function sayCause({ cause, value }: Pick<Verdict, 'cause' | 'value'>): string | null {
  if (cause === 'none') return null
  return t.causes[cause].what(value === null ? '?' : String(Math.round(value * 10) / 10))
}

/** The whole sentence, and the next thing to try. */
export function sayVerdict(verdict: Verdict): { word: string; sentence: string } {
  const { level, cause } = verdict
  const word = t.levels[level]
  if (cause === 'none') return { word, sentence: level === 'good' ? t.good : t.unknown }
  const what = sayCause(verdict)!
  return { word, sentence: `${what[0]!.toUpperCase()}${what.slice(1)}. ${t.causes[cause].next}` }
}

/** How late the picture is, for a bar: "6 frames behind"; null when nobody knows. */
export function sayBehind({ delay, sourceFps, way }: HealthNumbers): string | null {
  if (!delay) return null
  if (way === 'llhls' || sourceFps === null) {
    const said = t.behindSeconds((delay.ms / 1000).toFixed(1))
    return delay.how === 'chart' ? said : t.about(said)
  }
  const said = t.behind(Math.max(1, Math.round((delay.ms * sourceFps) / 1000)))
  return delay.how === 'chart' ? said : t.about(said)
}

/** What goes with a cause, of another page's numbers. */
export function valueIn(cause: HealthReport['cause'], numbers: HealthNumbers): number | null {
  switch (cause) {
    case 'loss':
      return numbers.loss === null ? null : numbers.loss * 100
    case 'round-trip':
      return numbers.roundTripMs
    case 'source-rate':
      return numbers.receivedFps
    case 'dropping':
      return numbers.fps
    case 'decoding':
      return numbers.decodeMs
  }
  return null
}
