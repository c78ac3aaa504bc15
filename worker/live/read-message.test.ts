import { describe, expect, it } from 'vitest'
import { MAX_SIGNAL } from './messages/control.ts'
import { MAX_POINTS } from './messages/drawing-fields.ts'
import { MAX_MESSAGE, PING, refusalDetails } from './protocol.ts'
import { readMessage } from './read-message.ts'

const read = (message: unknown) => readMessage(JSON.stringify(message))
const ID = 'a'.repeat(16)
const MARK = { tool: 'pen', ink: 'red', weight: 3, points: [[0.5, 0.5]] }

describe('what a page may say', () => {
  it.each<[object, object?]>([
    [{ type: 'hello' }],
    [{ type: 'hello', since: { epoch: ID, seq: 0 } }],
    [{ type: 'hand', raised: true }],
    [{ type: 'hand', raised: false, ref: 'x-1' }],
    [{ type: 'state', microphone: 'muted', camera: 'off', health: 'poor' }],
    [{ type: 'state' }],
    [
      { type: 'chat', text: '  Grün, then\na line ', ref: '1' },
      { type: 'chat', text: 'Grün, then\na line', ref: '1' },
    ],
    [{ type: 'chat', text: 'waves', ref: '1', me: true, to: ID, replyTo: ID }],
    [{ type: 'chat.edit', id: ID, text: 'x' }],
    [{ type: 'chat.delete', which: { id: ID } }],
    [{ type: 'chat.delete', which: { of: ID } }],
    [{ type: 'chat.delete', which: { all: true } }],
    [{ type: 'history', before: `1763726400000.${ID}` }],
    [JSON.parse(PING)],
    [{ type: 'door.admit', who: { id: ID }, ref: '1' }],
    [{ type: 'door.refuse', who: { all: true }, reason: 'Another day' }],
    [{ type: 'room.lock', message: 'Back at two' }],
    [{ type: 'room.lock' }],
    [{ type: 'room.unlock' }],
    [{ type: 'room.end' }],
    [{ type: 'person.role', id: ID, role: 'observer' }],
    [{ type: 'person.permit', id: ID, permission: 'message', held: false }],
    [{ type: 'person.kick', id: ID }],
    [{ type: 'person.kick', id: ID, reason: 'Not invited', ban: ['link', 'address'] }],
    [{ type: 'person.pardon', id: ID }],
    [{ type: 'link.close', of: ID }],
    [{ type: 'person.mute', who: { all: true } }],
    [{ type: 'person.warn', id: ID, text: 'One at a time' }],
    [{ type: 'wall', text: 'Five minutes\nleft' }],
    [{ type: 'person.identify', id: ID }],
    [{ type: 'removed' }],
    [{ type: 'subrooms', ref: 's' }],
    [
      { type: 'caption', text: ' said ' },
      { type: 'caption', text: 'said' },
    ],
    [{ type: 'signal', to: ID, data: 'x'.repeat(MAX_SIGNAL) }],
    [{ type: 'pointer', at: [0, 1] }],
    [{ type: 'pointer', at: null, streamId: ID }],
    [
      { type: 'pointer', at: [0.123456, 0.99999] },
      { type: 'pointer', at: [0.1235, 1] },
    ],
    [{ type: 'draw.mark', id: ID, mark: MARK, streamId: ID }],
    [
      {
        type: 'draw.extend',
        id: ID,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    [{ type: 'draw.end', id: ID, points: [[0.5, 0.5]] }],
    [{ type: 'draw.undo' }],
    [{ type: 'draw.clear' }],
    [{ type: 'draw.clear', which: { of: ID } }],
    [{ type: 'draw.clear', which: { all: true } }],
  ])('%j', (message, expected = message) => {
    expect(read(message)).toEqual({ message: expected })
  })
})

describe('what it may not', () => {
  const unreadable = { about: null, code: 'unreadable', detail: refusalDetails.unreadable }

  it.each<[string, unknown]>([
    ['no text', new Uint8Array([123, 125])],
    ['nothing', undefined],
    ['an empty text', ''],
    ['half of a message', '{"type":"hand","raised":tr'],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['no type', '{}'],
    ['a type that is no text', '{"type":{"a":1}}'],
    ['a type of the object’s own', '{"type":"constructor"}'],
    ['another type', '{"type":"kick","id":"x"}'],
    ['what only the room says', '{"type":"bye","code":"removed"}'],
    ['very deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ])('%s', (_, data) => {
    expect(readMessage(data)).toEqual(unreadable)
  })

  it.each<[object, string?]>([
    [{ type: 'hello', since: 7 }],
    [{ type: 'hello', since: { epoch: ID } }],
    [{ type: 'hello', since: { epoch: 'x', seq: 1 } }, 'since.epoch: must be an id'],
    [{ type: 'hello', since: { epoch: ID, seq: -1 } }, 'since.seq: must be at least 0'],
    [{ type: 'hello', since: { epoch: ID, seq: 1e300 } }, 'since.seq: must be at most 9007199254740991'],
    [{ type: 'hello', person: ID }],
    [{ type: 'hand' }],
    [{ type: 'hand', raised: 'yes' }],
    [{ type: 'hand', raised: true, id: ID }],
    [{ type: 'state', health: 'excellent' }],
    [{ type: 'state', microphone: true }],
    [{ type: 'chat', text: 'no ref' }],
    [{ type: 'chat', text: '', ref: '1' }, 'text: must not be empty'],
    [{ type: 'chat', text: ' \n ', ref: '1' }, 'text: must not be empty'],
    [{ type: 'chat', text: 'x'.repeat(4_001), ref: '1' }, 'text: must have at most 4000 characters'],
    [{ type: 'chat', text: 'a\u0000b', ref: '1' }, 'text: must not have control characters'],
    [{ type: 'chat', text: 'a\ud800', ref: '1' }, 'text: must not have control characters'],
    [{ type: 'chat', text: 'x', ref: '1', from: ID }],
    [{ type: 'chat', text: 'x', ref: '1', to: 'everybody' }, 'to: must be an id'],
    [{ type: 'chat', text: 'x', ref: '1', me: 1 }],
    [{ type: 'chat.edit', id: "' OR 1=1", text: 'x' }, 'id: must be an id'],
    [{ type: 'chat.delete' }],
    [{ type: 'chat.delete', which: {} }],
    [{ type: 'chat.delete', which: { all: false } }],
    [{ type: 'chat.delete', which: { id: ID, of: ID } }],
    [{ type: 'history' }],
    [{ type: 'history', before: 'x' }, 'before: must be the next of a later page'],
    [{ type: 'ping', at: 1 }],
    [{ type: 'door.admit' }],
    [{ type: 'door.admit', who: {} }, 'who: must be {id} or {all: true}'],
    [{ type: 'door.admit', who: { id: ID, all: true } }, 'who: must be {id} or {all: true}'],
    [{ type: 'door.refuse', who: { all: false } }, 'who: must be {id} or {all: true}'],
    [{ type: 'room.lock', message: 'x'.repeat(501) }, 'message: must have at most 500 characters'],
    [{ type: 'person.kick', id: ID, reason: 'a\nb' }, 'reason: must be one line without control characters'],
    [{ type: 'room.end', id: ID }],
    [{ type: 'person.role', id: ID, role: 'owner' }, 'role: must be a role'],
    [{ type: 'person.role', id: ID, role: 'host', by: ID }],
    [{ type: 'person.permit', id: ID, permission: 'admin', held: true }, 'permission: must be a permission'],
    [{ type: 'person.permit', id: ID, permission: 'op' }],
    [{ type: 'person.permit', id: ID, permission: 'op', held: 1 }, 'held: must be true or false'],
    [{ type: 'person.kick', id: 'everybody' }, 'id: must be an id'],
    [{ type: 'person.kick', id: ID, ban: 'link' }, 'ban: must be a list'],
    [{ type: 'person.kick', id: ID, ban: ['room'] }, 'ban.0: must be link or address'],
    [{ type: 'person.kick', id: ID, ban: ['link', 'link', 'link'] }, 'ban: must have at most 2 items'],
    [{ type: 'person.kick', id: ID, address: '192.0.2.7' }],
    [{ type: 'link.close', id: ID }],
    [{ type: 'person.warn', id: ID, text: ' ' }, 'text: must not be empty'],
    [{ type: 'wall', text: 'x'.repeat(1_001) }, 'text: must have at most 1000 characters'],
    [{ type: 'caption', text: 'x'.repeat(301) }, 'text: must have at most 300 characters'],
    [{ type: 'caption', text: '' }, 'text: must not be empty'],
    [{ type: 'signal', to: ID, data: '' }, 'data: must not be empty'],
    [{ type: 'signal', to: ID, data: 'ü'.repeat(MAX_SIGNAL / 2 + 1) }, 'data: must have at most 16 KiB'],
    [{ type: 'signal', to: ID, data: { candidate: 'x' } }, 'data: must be text'],
    [{ type: 'pointer' }],
    [{ type: 'pointer', at: [0.5] }],
    [{ type: 'pointer', at: [0.5, 1.01] }, 'at.1: must be at most 1'],
    [{ type: 'pointer', at: [-0.01, 0] }, 'at.0: must be at least 0'],
    [{ type: 'pointer', at: [null, 0] }, 'at.0: must be a number'],
    [{ type: 'pointer', at: { x: 0, y: 0 } }],
    [{ type: 'pointer', at: null, from: ID }],
    [{ type: 'draw.mark', id: 'one', mark: MARK }, 'id: must be an id'],
    [{ type: 'draw.mark', id: ID, mark: { ...MARK, tool: 'spray' } }, 'mark.tool: must be a tool'],
    [{ type: 'draw.mark', id: ID, mark: { ...MARK, ink: 'url(#x)' } }, 'mark.ink: must be an ink'],
    [{ type: 'draw.mark', id: ID, mark: { ...MARK, weight: 50 } }, 'mark.weight: must be 2, 3 or 5'],
    [{ type: 'draw.mark', id: ID, mark: { ...MARK, points: [] } }, 'mark.points: must not be empty'],
    [
      { type: 'draw.mark', id: ID, mark: { ...MARK, points: [[0, 'x']] } },
      'mark.points.0.1: must be a number',
    ],
    [{ type: 'draw.mark', id: ID, mark: MARK, by: ID }],
    [{ type: 'draw.extend', id: ID, points: [] }, 'points: must not be empty'],
    [{ type: 'draw.end', id: ID, points: 'M0 0' }, 'points: must be a list'],
    [{ type: 'draw.clear', which: {} }, 'which: must be {of} or {all: true}'],
    [{ type: 'draw.clear', which: { of: ID, all: true } }, 'which: must be {of} or {all: true}'],
  ])('%j', (message, detail) => {
    const { about, code, ...rest } = read(message) as Record<string, string>
    expect({ about, code }).toEqual({ about: (message as { type: string }).type, code: 'unreadable' })
    if (detail) expect(rest.detail).toBe(detail)
    expect(rest.detail).not.toMatch(/received|Invalid/)
  })

  it('a drawing with a million points, or one too many', () => {
    const points = (length: number) => Array.from({ length }, () => [0.5, 0.5])
    const mark = (length: number) =>
      read({ type: 'draw.mark', id: ID, mark: { ...MARK, points: points(length) } })
    expect(mark(1_000_000)).toEqual({ about: null, code: 'too_large', detail: refusalDetails.too_large })
    expect(mark(MAX_POINTS + 1)).toEqual({
      about: 'draw.mark',
      code: 'unreadable',
      detail: `mark.points: must have at most ${MAX_POINTS} points`,
    })
    expect(read({ type: 'draw.extend', id: ID, points: points(MAX_POINTS + 1) })).toMatchObject({
      detail: `points: must have at most ${MAX_POINTS} points`,
    })
    expect(mark(MAX_POINTS)).toHaveProperty('message')
  })

  it('repeats the page’s name of the message, if it is one', () => {
    expect(read({ type: 'hand', raised: 1, ref: 'mine' })).toMatchObject({ about: 'hand', ref: 'mine' })
    expect(read({ type: 'hand', raised: 1, ref: '<b>' })).not.toHaveProperty('ref')
  })

  it('more than 64 KiB, counted in bytes', () => {
    const tooLarge = { about: null, code: 'too_large', detail: refusalDetails.too_large }
    expect(readMessage('x'.repeat(MAX_MESSAGE + 1))).toEqual(tooLarge)
    expect(readMessage('ü'.repeat(MAX_MESSAGE / 2 + 1))).toEqual(tooLarge)
    expect(readMessage('x'.repeat(MAX_MESSAGE))).toEqual(unreadable)
  })
})
