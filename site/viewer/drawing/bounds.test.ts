import { expect, test } from 'vitest'
import * as server from '../../../worker/live/messages/drawing-fields.ts'
import * as site from './bounds.ts'

test('the page’s bounds are the server’s', () => {
  expect([site.MAX_MARKS, site.MAX_POINTS, site.MAX_DRAWING, site.inks, site.tools]).toEqual([
    server.MAX_MARKS,
    server.MAX_POINTS,
    server.MAX_DRAWING,
    server.inks,
    server.tools,
  ])
})

test('every weight is one of the server’s', () => {
  for (const weight of site.weights) expect(server.Mark.entries.weight.options).toContain(weight)
})
