import type { StreamNow } from '../../../worker/streams/now-schema.ts'

/**
 * The stream that an address names by its label, else by its kind; then one that is published goes before one that is
 * not. Without a name it is the programme. Undefined when the room has none like that.
 */
export function chosenOf(streams: readonly StreamNow[], name: string | null): StreamNow | undefined {
  const wanted = name?.trim().toLowerCase() || 'programme'
  const ofKind = streams.filter(({ kind }) => kind === wanted)
  return (
    streams.find(({ label }) => label.toLowerCase() === wanted) ??
    ofKind.find(({ publishing }) => publishing) ??
    ofKind[0]
  )
}
