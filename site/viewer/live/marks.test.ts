import { describe, expect, test } from 'vitest'
import type { Drawn } from '../../../worker/live/messages/drawing.ts'
import type { Mark, Point } from '../../../worker/live/messages/drawing-fields.ts'
import type { ToClient } from '../../../worker/live/protocol.ts'
import { person, welcome } from './fixture.ts'
import { marksAfter } from './marks.ts'

const a: Point = [0.1, 0.1]
const b: Point = [0.2, 0.2]
const c: Point = [0.3, 0.3]
const drawn = (id: string, by: string, points: Point[], tool: Mark['tool'] = 'pen'): Drawn => ({
  id,
  by: { id: by, name: `Name of ${by}` },
  mark: { tool, ink: 'red', weight: 3, points },
})
const one = drawn('m1', 'p1', [a])
const two = drawn('m2', 'p2', [b])
const arrow = drawn('m3', 'p1', [a, b], 'arrow')
const marks = [one, two, arrow]

describe('what is drawn after a message', () => {
  test.each<[string, ToClient, Drawn[]]>([
    ['a welcome begins anew', welcome({ marks: [two] }), [two]],
    [
      'a new mark is the last',
      { type: 'draw.marked', seq: 5, drawn: drawn('m4', 'p3', [c]) },
      [...marks, drawn('m4', 'p3', [c])],
    ],
    [
      'a mark that is known stays where it is',
      { type: 'draw.marked', seq: 5, drawn: drawn('m1', 'p1', [c]) },
      [drawn('m1', 'p1', [c]), two, arrow],
    ],
    [
      'a pen goes on',
      { type: 'draw.extended', id: 'm1', points: [b, c] },
      [drawn('m1', 'p1', [a, b, c]), two, arrow],
    ],
    [
      'an arrow’s point moves',
      { type: 'draw.extended', id: 'm3', points: [b, c] },
      [one, two, drawn('m3', 'p1', [a, c], 'arrow')],
    ],
    ['a mark that is not there', { type: 'draw.extended', id: 'm9', points: [c] }, marks],
    ['one is erased', { type: 'draw.erased', seq: 5, which: { id: 'm2' } }, [one, arrow]],
    ['one that is not there', { type: 'draw.erased', seq: 5, which: { id: 'm9' } }, marks],
    ['somebody’s', { type: 'draw.erased', seq: 5, which: { of: 'p1' } }, [two]],
    ['all', { type: 'draw.erased', seq: 5, which: { all: true } }, []],
  ])('%s', (_, message, after) => {
    expect(marksAfter(marks, message)).toEqual(after)
  })

  test('anything else leaves the same marks', () => {
    expect(marksAfter(marks, { type: 'person.joined', seq: 5, person: person('p9') })).toBe(marks)
  })
})
