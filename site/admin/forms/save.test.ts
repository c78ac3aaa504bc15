import { describe, expect, it } from 'vitest'
import { ApiFailure } from '../api/failure.ts'
import { saveDraft } from './save.ts'

const changed = new ApiFailure(412, 'changed_meanwhile', 'Somebody changed this.')

/** A resource that holds one title and an ETag, and refuses every other ETag. */
function resource(title: string, etag: string) {
  const held = { title, etag }
  const writes: unknown[] = []
  return {
    held,
    writes,
    read: async () => ({ draft: { title: held.title, seats: '' }, etag: held.etag }),
    write: async (base: object, draft: { title: string }, match: string | null) => {
      writes.push({ base, draft, match })
      if (match !== held.etag) throw changed
      held.title = draft.title
    },
  }
}

describe('saveDraft', () => {
  it('writes against the version it was shown', async () => {
    const r = resource('Old', '"1"')
    expect(await saveDraft(r, await r.read(), { title: 'Mine', seats: '' })).toEqual({ is: 'saved' })
    expect(r.writes).toEqual([
      { base: { title: 'Old', seats: '' }, draft: { title: 'Mine', seats: '' }, match: '"1"' },
    ])
  })

  it('saves by itself when only something outside the form changed', async () => {
    const r = resource('Old', '"2"')
    const base = { draft: { title: 'Old', seats: '' }, etag: '"1"' }
    expect(await saveDraft(r, base, { title: 'Mine', seats: '' })).toEqual({ is: 'saved' })
    expect(r.held.title).toBe('Mine')
  })

  it('keeps the typing and shows what changed', async () => {
    const r = resource('Theirs', '"2"')
    const base = { draft: { title: 'Old', seats: '' }, etag: '"1"' }
    expect(await saveDraft(r, base, { title: 'Mine', seats: '8' })).toEqual({
      is: 'changed',
      base: { draft: { title: 'Theirs', seats: '' }, etag: '"2"' },
      draft: { title: 'Mine', seats: '8' },
      changes: [{ field: 'title', was: 'Old', now: 'Theirs', clash: true }],
    })
    expect(r.held.title).toBe('Theirs')
  })

  it('gives up on a server that refuses its own ETag', async () => {
    const r = resource('Old', '"1"')
    const read = async () => ({ draft: { title: 'Old', seats: '' }, etag: '"stale"' })
    await expect(saveDraft({ ...r, read }, await read(), { title: 'Mine', seats: '' })).rejects.toBe(changed)
    expect(r.writes).toHaveLength(4)
  })

  it('passes every other refusal on', async () => {
    const refusal = new ApiFailure(409, 'slug_taken', 'Taken.')
    const r = resource('Old', '"1"')
    const write = async () => {
      throw refusal
    }
    await expect(saveDraft({ ...r, write }, await r.read(), { title: '', seats: '' })).rejects.toBe(refusal)
  })
})
