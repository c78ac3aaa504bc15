import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROOM_TABLES } from './empty.ts'

test('a table with rows of a room is emptied with it; only the audit stays', () => {
  const schema = readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8')
  const tables = schema.split('CREATE TABLE IF NOT EXISTS ').slice(1)
  const ofRooms = tables.filter(t => /^\s+room_id /m.test(t)).map(t => t.slice(0, t.indexOf(' ')))
  expect([...ROOM_TABLES, 'audit'].toSorted()).toEqual(ofRooms.toSorted())
})
