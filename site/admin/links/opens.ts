import { t } from '../text.ts'
import type { LinkOpens } from './link-draft.ts'

const all: readonly LinkOpens[] = ['room', 'subrooms', 'everything']

/** What a link can open, as far as somebody may choose it; what it opens already is always among it. */
export const opensChoices = (set: LinkOpens, everywhere: boolean) =>
  all
    .filter(value => value !== 'everything' || everywhere || set === value)
    .map(value => ({ value, word: t.links.opensWhat[value].word }))
