import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type Grant, grants } from '../../../worker/links/permissions.ts'
import { ToServer } from '../../../worker/live/protocol.ts'
import type { RoomIntent } from './intent.ts'
import { messageFor } from './messages.ts'

const who = { id: 'aaaaaaaaaaaaaaaa', name: 'Anna' }
const { id } = who

test.each<[RoomIntent, ToServer]>([
  [
    { is: 'hand', raised: true },
    { type: 'hand', raised: true },
  ],
  [{ is: 'lock', message: null }, { type: 'room.lock' }],
  [
    { is: 'lock', message: 'Lunch' },
    { type: 'room.lock', message: 'Lunch' },
  ],
  [{ is: 'unlock' }, { type: 'room.unlock' }],
  [
    { is: 'admit', who: null },
    { type: 'door.admit', who: { all: true } },
  ],
  [
    { is: 'admit', who },
    { type: 'door.admit', who: { id } },
  ],
  [
    { is: 'refuse', who, reason: null },
    { type: 'door.refuse', who: { id } },
  ],
  [
    { is: 'refuse', who, reason: 'No' },
    { type: 'door.refuse', who: { id }, reason: 'No' },
  ],
  [
    { is: 'kick', who, reason: null },
    { type: 'person.kick', id },
  ],
  [
    { is: 'kick', who, reason: 'Enough' },
    { type: 'person.kick', id, reason: 'Enough' },
  ],
  [
    { is: 'identify', who },
    { type: 'person.identify', id },
  ],
  [
    { is: 'op', who, held: true },
    { type: 'person.role', id, role: 'host' },
  ],
  [
    { is: 'op', who, held: false },
    { type: 'person.permit', id, permission: 'op', held: false },
  ],
  [
    { is: 'permit', who, permission: 'message', held: false },
    { type: 'person.permit', id, permission: 'message', held: false },
  ],
  [
    { is: 'mute', who },
    { type: 'person.mute', who: { id } },
  ],
  [
    { is: 'mute', who: null },
    { type: 'person.mute', who: { all: true } },
  ],
  [
    { is: 'warn', who, text: 'Stay' },
    { type: 'person.warn', id, text: 'Stay' },
  ],
  [
    { is: 'wall', text: 'Stay' },
    { type: 'wall', text: 'Stay' },
  ],
])('%j', (intent, message) => {
  expect(messageFor(intent, grants)).toEqual(message)
  expect(v.is(ToServer, message)).toBe(true)
})

test.each<Grant>(['record', 'token', 'caption', 'annotate'])(
  'without %s nobody is made a full host',
  missing => {
    const held = grants.filter(grant => grant !== missing)
    expect(messageFor({ is: 'op', who, held: true }, held)).toEqual({
      type: 'person.permit',
      id,
      permission: 'op',
      held: true,
    })
  },
)
