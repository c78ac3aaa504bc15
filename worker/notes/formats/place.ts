import { convertFrames } from '../../../timecode/clock.ts'
import { framesBetween, sameLabel } from '../../../timecode/timecode.ts'
import type { Marker, Timeline } from './marker.ts'

/** A marker on the timeline. */
export interface Placed {
  marker: Marker
  /** Frames since the timeline's start, at its rate; negative = before it. */
  offset: number
  /** Frames at its rate; 1 or more. */
  duration: number
}

/**
 * Markers in their order on the timeline, and those without a timecode in that of their writing. One of another rate keeps
 * its real time since the start: the label of the start stands for the same picture at every rate. What lies within twelve
 * hours before the start is before it, also over midnight.
 */
export function placeMarkers(
  markers: readonly Marker[],
  { rate, start }: Pick<Timeline, 'rate' | 'start'>,
): { placed: Placed[]; untimed: Marker[] } {
  const placed: Placed[] = []
  const untimed: Marker[] = []
  for (const marker of markers) {
    const { at } = marker
    if (!at) {
      untimed.push(marker)
      continue
    }
    const since = framesBetween(sameLabel(start, rate, at.rate), at.frame, at.rate)
    placed.push({
      marker,
      offset: convertFrames(since, at.rate, rate),
      duration: Math.max(1, convertFrames(marker.durationFrames, at.rate, rate)),
    })
  }
  return {
    placed: placed.sort((a, b) => a.offset - b.offset || a.marker.createdAt - b.marker.createdAt),
    untimed: untimed.sort((a, b) => a.createdAt - b.createdAt),
  }
}

/** How many markers lie before a timeline's start, where editors may not show them, and how many have no timecode. */
export function surveyMarkers(
  markers: readonly Marker[],
  timeline: Pick<Timeline, 'rate' | 'start'>,
): { early: number; untimed: number } {
  const { placed, untimed } = placeMarkers(markers, timeline)
  return { early: placed.filter(({ offset }) => offset < 0).length, untimed: untimed.length }
}
