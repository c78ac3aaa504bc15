import { describe, expect, it } from 'vitest'
import { mergeDraft } from './merge.ts'

const base = { title: 'Reel 3', seats: '12', lock: false }

describe('mergeDraft', () => {
  it.each([
    ['nothing changed', base, base, base, []],
    ['only mine', base, { ...base, title: 'Mine' }, { ...base, title: 'Mine' }, []],
    [
      'only theirs is taken',
      { ...base, title: 'Theirs' },
      base,
      { ...base, title: 'Theirs' },
      [{ field: 'title', was: 'Reel 3', now: 'Theirs', clash: false }],
    ],
    [
      'different fields both stay',
      { ...base, seats: '8' },
      { ...base, title: 'Mine' },
      { title: 'Mine', seats: '8', lock: false },
      [{ field: 'seats', was: '12', now: '8', clash: false }],
    ],
    [
      'the same field keeps my typing',
      { ...base, title: 'Theirs' },
      { ...base, title: 'Mine' },
      { ...base, title: 'Mine' },
      [{ field: 'title', was: 'Reel 3', now: 'Theirs', clash: true }],
    ],
    [
      'the same change is no clash',
      { ...base, lock: true },
      { ...base, lock: true },
      { ...base, lock: true },
      [{ field: 'lock', was: false, now: true, clash: false }],
    ],
  ])('%s', (_, theirs, mine, draft, changes) => {
    expect(mergeDraft(base, theirs, mine)).toEqual({ draft, changes })
  })
})
