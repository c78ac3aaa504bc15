import type { HealthNumbers } from '../../../worker/live/messages/health.ts'
import { t } from './text.ts'

export type Row = [label: string, value: string]

/** The numbers as the panel and the copied text show them, by sections. */
export function rowsOf(numbers: HealthNumbers): Record<'picture' | 'path' | 'display', Row[]> {
  const { rows } = t
  const { width, height, shown, freezes, dropped, decoded, bitrate, loss, gamut, range, depth, scale } =
    numbers
  const ms = (value: number | null) => say(value, n => t.ms(n < 10 ? n.toFixed(1) : String(Math.round(n))))
  return {
    picture: [
      [rows.behind, sayDelay(numbers)],
      [rows.frames, sayFrames(numbers)],
      [
        rows.size,
        width === null || height === null
          ? t.measuring
          : t.shownAt(width, height, shown === null ? null : Math.round(shown)),
      ],
      [rows.codec, sayCodec(numbers)],
      ...(numbers.decoder === null ? [] : [[rows.decoder, numbers.decoder] satisfies Row]),
      [rows.colour, numbers.colour ?? t.notSaid],
      [rows.freezes, say(freezes, n => (n === 0 ? t.none : String(n)))],
      [
        rows.dropped,
        dropped === null
          ? t.notSaid
          : dropped === 0
            ? t.none
            : t.of2(grouped(dropped), grouped(dropped + (decoded ?? 0))),
      ],
    ],
    path: [
      [rows.transport, numbers.way === null ? t.measuring : t.ways[numbers.way]],
      [rows.bitrate, say(bitrate, sayBitrate)],
      [rows.loss, say(loss, n => t.percent((n * 100).toFixed(1)))],
      [rows.roundTrip, ms(numbers.roundTripMs)],
      [rows.buffer, ms(numbers.bufferMs)],
      [rows.decoding, ms(numbers.decodeMs)],
    ],
    display: [
      [rows.gamut, gamut === null ? t.notSaid : t.reported(t.gamuts[gamut])],
      [rows.range, range === null ? t.notSaid : t.ranges[range]],
      [rows.depth, say(depth, t.bits)],
      [rows.scale, say(scale, t.times)],
    ],
  }
}

const say = (value: number | null, words: (n: number) => string): string =>
  value === null ? t.notSaid : words(value)

/** 63204 → "63 204": narrow spaces that do not break. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f')

export const sayBitrate = (n: number): string =>
  n >= 1e6 ? t.megabits((n / 1e6).toFixed(1)) : t.kilobits(String(Math.round(n / 1e3)))

function sayDelay({ delay, sourceFps }: HealthNumbers): string {
  if (!delay) return t.measuring
  const ms = Math.round(delay.ms)
  if (sourceFps === null) return t.estimatedMs(ms)
  const frames = t.frames(Math.max(1, Math.round((delay.ms * sourceFps) / 1000)))
  if (delay.how === 'estimate') return t.estimated(frames, ms)
  return t
    .measured(frames, ms, delay.uncertaintyMs === null ? '' : `±${Math.round(delay.uncertaintyMs)}`)
    .trim()
}

function sayFrames({ fps, receivedFps, sourceFps }: HealthNumbers): string {
  const now = fps ?? receivedFps
  if (now === null) return t.measuring
  return t.perSecond(now.toFixed(1), sourceFps === null ? null : String(sourceFps))
}

function sayCodec({ codec, hardware }: HealthNumbers): string {
  if (codec === null) return t.notSaid
  return hardware === null ? codec : `${codec}, ${hardware ? t.hardware : t.software}`
}

/** All of it as plain text, for a message to somebody who can help. */
export function asText(title: string, said: string, rows: ReturnType<typeof rowsOf>): string {
  const sections = (['picture', 'path', 'display'] as const).map(name =>
    [t.sections[name], ...rows[name].map(([label, value]) => `  ${label}: ${value}`)].join('\n'),
  )
  return [`${title}: ${said}`, ...sections].join('\n')
}
