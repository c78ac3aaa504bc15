/** What can be wrong with an audit, of one and of several. `{n}` stands for the numbers concerned. */
const sentences = {
  'rows-changed': [
    'Row {n} is not as it was written: changed, or put there by somebody else.',
    'Rows {n} are not as they were written: changed, or put there by somebody else.',
  ],
  'rows-missing': ['Row {n} is missing.', 'Rows {n} are missing.'],
  'rows-repeated': ['Row {n} is a copy of another row.', 'Rows {n} are copies of other rows.'],
  'rows-gone-early': ['Row {n} was deleted before its time.', 'Rows {n} were deleted before their time.'],
  'rows-not-sealed': [
    'The rows under seal {n} are not those that were sealed: exchanged, put in or renumbered.',
    'The rows under seals {n} are not those that were sealed: exchanged, put in or renumbered.',
  ],
  'seals-changed': [
    'Seal {n} is not as it was made, or does not follow the seal before it.',
    'Seals {n} are not as they were made, or do not follow the seals before them.',
  ],
  'seals-missing': ['Seal {n} is missing.', 'Seals {n} are missing.'],
  'ids-odd': ['There are {n} rows or seals with ids that none is given.', ''],
  'head-missing': [
    'No seal has the hash that was asked for: the end of the audit was cut off, or it is another audit.',
    '',
  ],
} as const

export type FindingKind = keyof typeof sentences

/** From one number to another, both included. */
export interface Finding {
  kind: FindingKind
  from: number
  to: number
}

/** A finding as a sentence. */
export const describeFinding = ({ kind, from, to }: Finding): string =>
  from === to
    ? sentences[kind][0].replace('{n}', `${from}`)
    : sentences[kind][1].replace('{n}', `${from}–${to}`)

export interface Findings {
  add(kind: FindingKind, from: number, to?: number): void
  all(): Finding[]
}

/** Gathers findings in the order in which they are found, neighbours of a kind together. */
export function createFindings(): Findings {
  const found: Finding[] = []
  const last = new Map<FindingKind, Finding>()
  return {
    add(kind, from, to = from) {
      const before = last.get(kind)
      if (before && before.to === from - 1) {
        before.to = to
        return
      }
      const finding = { kind, from, to }
      last.set(kind, finding)
      found.push(finding)
    },
    all: () => found,
  }
}
