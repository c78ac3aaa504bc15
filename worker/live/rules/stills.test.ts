import { beforeEach, describe, expect, it, test } from 'vitest'
import { idOf, personFacts, TestRoom } from '../../../test/support/live.ts'
import { type Grant, grants } from '../../links/permissions.ts'
import { refusalDetails } from '../protocol.ts'

const ann = personFacts('Ann', ['present'])
const ben = personFacts('Ben', ['message', 'annotate'])
const dea = personFacts('Dea', ['op'], { admittedAt: null })
const wim = personFacts('Wim', ['message'], { admittedAt: null })
const pages = { a1: ann, b1: ben, w1: wim }

const id = idOf('still')
const seen = {
  name: 'grade_01.00.00.00_programme',
  at: Date.UTC(2026, 10, 21, 12),
  width: 2,
  height: 1,
  streamId: null,
}
const shown = { ...seen, id, at: '2026-11-21T12:00:00.000Z', by: { id: ann.id, name: 'Ann' } }
const show = { type: 'still.show', id, ref: 'r' } as const
const hide = { type: 'still.hide', ref: 'r' } as const
const done = (about: string) => ({ type: 'done', about, ref: 'r' })
const refused = (about: string, code: keyof typeof refusalDetails) => ({
  type: 'refused',
  about,
  ref: 'r',
  code,
  detail: refusalDetails[code],
})

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  room.stills.set(id, seen)
  for (const [socket, facts] of Object.entries(pages)) room.enter(socket, facts)
  readAll()
})
const readAll = () => Object.keys(pages).map(socket => room.read(socket))

describe('showing a still', () => {
  it('shows it to everybody who is in, and to nobody who waits', () => {
    room.says('a1', show)
    expect(readAll()).toEqual([[], [], []])
    room.settle()
    const { seq } = room.state
    const told = { type: 'still.shown', seq, still: shown }
    expect(readAll()).toEqual([[told, done('still.show')], [told], []])
  })

  it('is in the welcome of who comes later', () => {
    room.says('a1', show)
    room.settle()
    room.enter('a2', ann)
    expect(room.read('a2')[0]).toMatchObject({ type: 'welcome', shownStill: shown })
    room.enter('w2', wim)
    expect(room.read('w2')[0]).not.toHaveProperty('shownStill')
  })

  it('takes the place of the one before', () => {
    const other = idOf('other')
    room.stills.set(other, { ...seen, name: 'other' })
    room.says('a1', show)
    room.says('a1', { ...show, id: other })
    room.settle()
    expect(room.state.shown).toEqual({ ...shown, id: other, name: 'other' })
  })

  it('is recorded', () => {
    room.says('a1', show)
    room.settle()
    room.says('a1', hide)
    expect(room.records.map(({ action, by, target, params }) => ({ action, by, target, params }))).toEqual(
      ['still.show', 'still.hide'].map(action => ({
        action,
        by: { id: ann.id, name: 'Ann' },
        target: { kind: 'still', id, name: seen.name },
        params: {},
      })),
    )
  })

  it('is refused when the room keeps no such still', () => {
    room.says('a1', { ...show, id: idOf('none') })
    room.settle()
    expect(readAll()).toEqual([[refused('still.show', 'not_found')], [], []])
    expect(room.state.shown).toBeNull()
  })

  it('is refused when the database does not answer', () => {
    room.says('a1', show)
    room.settle(false)
    expect(readAll()).toEqual([[refused('still.show', 'not_available')], [], []])
    expect([room.state.shown, room.records]).toEqual([null, []])
  })

  it('is done though the page that wanted it is gone', () => {
    room.says('a1', show)
    room.happens({ type: 'closed', socket: 'a1' })
    room.settle()
    expect(room.state.shown).toEqual(shown)
  })
})

describe('putting it away', () => {
  it('does it for everybody, whoever showed it', () => {
    room.says('a1', show)
    room.settle()
    room.look([ann, { ...ben, permissions: ['op'] }, wim])
    readAll()
    room.says('b1', hide)
    const told = { type: 'still.shown', seq: room.state.seq, still: null }
    expect(readAll()).toEqual([[told], [told, done('still.hide')], []])
    expect(room.state.shown).toBeNull()
  })

  it('is done, and nobody hears of it, where nothing is shown', () => {
    room.says('a1', hide)
    expect(readAll()).toEqual([[done('still.hide')], [], []])
    expect(room.records).toEqual([])
  })
})

test.each([show, hide])('$type needs op or present', message => {
  for (const permission of [undefined, ...grants.filter(grant => grant !== 'op' && grant !== 'present')]) {
    room.look([ann, { ...ben, permissions: permission ? [permission as Grant] : [] }, wim])
    readAll()
    room.says('b1', message)
    expect([permission, ...readAll(), room.asks]).toEqual([
      permission,
      [],
      [refused(message.type, 'forbidden')],
      [],
      [],
    ])
    room.now += 10_000
  }
  room.says('w1', message)
  expect(room.read('w1')).toEqual([refused(message.type, 'waiting')])
})

it('is a host’s too', () => {
  room.enter('d1', { ...dea, admittedAt: 0 })
  room.says('d1', show)
  room.settle()
  expect(room.state.shown?.by).toEqual({ id: dea.id, name: 'Dea' })
})
