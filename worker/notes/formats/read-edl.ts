import { factsOf, type Rate } from '../../../timecode/rate.ts'
import { parseTimecode, type TimecodeFault } from '../../../timecode/timecode.ts'
import type { MarkerColor } from './marker.ts'
import { markerColors } from './marker.ts'

/** A marker as an EDL tells it. */
export interface ReadMarker {
  /** Frames since 00:00:00:00, at the rate that the list was read with. */
  frame: number
  text: string
  name: string
  color: MarkerColor
  /** 1 or more. */
  durationFrames: number
}

/** What is wrong with a line; the first is 1. */
export interface EdlProblem {
  line: number
  detail: string
}

/** With more problems than these nobody reads on. */
const MAX_PROBLEMS = 50

/** Characters of a line; no note with its answers is so long. */
const MAX_LINE = 20_000

const EVENT = /^(\d{3,6})\s+(\S+)\s+V\d*\s+C\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)$/
const MARKER = /^(.*?)\|C:ResolveColor(\w*) *\|M:(.*?)\|D:(\d+)$/

const faults: Record<TimecodeFault, string> = {
  form: 'is not of the form HH:MM:SS:FF',
  separator: 'is a drop-frame label, which the rate has none of',
  hours: 'has more than 23 hours',
  minutes: 'has more than 59 minutes',
  seconds: 'has more than 59 seconds',
  frames: 'has more frames than a second of the rate',
  dropped: 'is a label that drop-frame counting leaves out',
}

/**
 * Reads timeline markers from an EDL as {@link edlFiles} and DaVinci Resolve write it. All of it is right, or nothing is
 * taken and every line that is not is named (the first {@link MAX_PROBLEMS}).
 * @param rate of the timeline that it came from: an EDL does not say
 * @param max markers at most
 */
export function readEdl(
  text: string,
  { rate, max }: { rate: Rate; max: number },
): { title: string; markers: ReadMarker[] } | { problems: EdlProblem[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const problems: EdlProblem[] = []
  const markers: ReadMarker[] = []
  let title: string | null = null
  /** The event whose text is to follow: its frame, null when that could not be read. */
  let open: { line: number; frame: number | null } | null = null

  const wrong = (line: number, detail: string) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ line, detail })
  }
  const forget = () => {
    if (open) wrong(open.line, 'has no line with the marker after it')
    open = null
  }

  for (const [i, raw] of lines.entries()) {
    const number = i + 1
    const line = raw.trimEnd()
    if (line.trim() === '') continue
    if (line.length > MAX_LINE) {
      wrong(number, `has more than ${MAX_LINE} characters`)
      open = null
    } else if (open && line.includes('|C:')) {
      // Whatever else it looks like: what a note says is free.
      const marker = markerOf(line, detail => wrong(number, detail))
      if (marker && open.frame !== null) markers.push({ frame: open.frame, ...marker })
      open = null
    } else if (/^TITLE:/.test(line)) {
      if (title === null) title = line.slice(6).trim()
      else wrong(number, 'is a second title')
    } else if (/^FCM:/.test(line)) {
      const isDrop = /^FCM:\s*DROP[ -]FRAME$/.test(line)
      if (!isDrop && !/^FCM:\s*NON[ -]DROP[ -]FRAME$/.test(line))
        wrong(number, 'says neither drop nor non-drop frame')
      else if (isDrop !== factsOf(rate).dropped > 0)
        wrong(number, `says ${isDrop ? 'drop' : 'non-drop'} frame, which the rate is not`)
    } else if (EVENT.test(line)) {
      forget()
      open = { line: number, frame: frameOf(EVENT.exec(line)!, rate, detail => wrong(number, detail)) }
    } else if (open) {
      wrong(number, 'has no |C:ResolveColor… |M:… |D:…')
      open = null
    } else wrong(number, 'is neither an event nor the marker of one')
  }
  forget()
  if (!problems.length && !markers.length) wrong(1, 'is not the beginning of a list with markers')
  if (markers.length > max) wrong(1, `begins a list of more than ${max} markers`)
  return problems.length ? { problems } : { title: title ?? '', markers }
}

/** The record timecode's, which is where the marker stands; all four must be right. */
function frameOf(event: RegExpExecArray, rate: Rate, wrong: (detail: string) => void): number | null {
  const frames = event.slice(3, 7).map(label => ({ label, read: parseTimecode(label, rate) }))
  const bad = frames.find(({ read }) => 'fault' in read)
  if (bad && 'fault' in bad.read) {
    wrong(`${bad.label.slice(0, 20)} ${faults[bad.read.fault]}`)
    return null
  }
  const record = frames[2]!.read
  return 'frame' in record ? record.frame : null
}

function markerOf(line: string, wrong: (detail: string) => void): Omit<ReadMarker, 'frame'> | null {
  const [, text, shade, name, duration] = MARKER.exec(line) ?? []
  if (text === undefined) {
    wrong('has no |C:ResolveColor… |M:… |D:…')
    return null
  }
  const color = markerColors.find(color => color === shade!.toLowerCase())
  const durationFrames = Number(duration)
  if (!color) wrong(`names no colour that there is: ${shade!.slice(0, 20)}`)
  if (!Number.isSafeInteger(durationFrames) || durationFrames < 1) wrong('lasts no whole frame')
  if (!color) return null
  return { text: text.trim(), name: name!.trim(), color, durationFrames }
}
