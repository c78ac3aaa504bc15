import { avidFile } from './avid.ts'
import { csvFile } from './csv.ts'
import { edlFiles } from './edl.ts'
import { fcpxmlFile } from './fcpxml.ts'
import type { ExportFile, Format, Marker, Timeline } from './marker.ts'
import { textFile } from './plain-text.ts'

/**
 * Markers in a format: one file, or several where the format has an end (EDL: 999 events). What has no timecode is in CSV
 * and plain text alone; `surveyMarkers` says how many those are, and how many lie before the timeline's start.
 */
export function exportMarkers(format: Format, markers: readonly Marker[], timeline: Timeline): ExportFile[] {
  switch (format) {
    case 'edl':
      return edlFiles(markers, timeline)
    case 'csv':
      return [csvFile(markers, timeline)]
    case 'fcpxml':
      return [fcpxmlFile(markers, timeline)]
    case 'avid':
      return [avidFile(markers, timeline)]
    case 'txt':
      return [textFile(markers, timeline)]
  }
}
