import { t } from '../text.ts'

/** On offer, in minutes. */
const AFTER_HOST = [1, 5, 15, 30, 60]
const HISTORY = [60, 240, 1440, 10_080]

/** The lengths on offer and the one that is set, which may be another. */
function choices(offered: readonly number[], set: string, none: string) {
  const all = new Set([...offered, ...(set === '' ? [] : [Number(set)])])
  return [
    { value: '', word: none },
    ...[...all].sort((a, b) => a - b).map(n => ({ value: String(n), word: t.roomSettings.minutes(n) })),
  ]
}

export const afterHostChoices = (set: string) => choices(AFTER_HOST, set, t.roomSettings.never)
export const historyChoices = (set: string) => choices(HISTORY, set, t.roomSettings.wholeLife)
