import { expect, test } from 'vitest'
import type { Grant } from '../../../../worker/links/permissions.ts'
import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import { other, said, you } from '../../chat/fixture.ts'
import { actionsOn } from './message-actions.ts'

const third = { id: 'third', name: 'DoP' }
const on = (change: Partial<ChatMessage>, permissions: Grant[], ...here: string[]) =>
  actionsOn(said(1, change), { id: you.id, permissions, here: new Set(here) }).join(' ')

test.each<[string, Partial<ChatMessage>, Grant[], string[], string]>([
  ['of another', {}, ['message'], [other.id], 'reply private copy'],
  ['of another who left', {}, ['message'], [], 'reply copy'],
  ['for somebody who only reads', {}, [], [other.id], 'copy'],
  ['one’s own', { from: you }, ['message'], [you.id], 'reply copy edit delete'],
  ['one’s own, after losing the permission', { from: you }, [], [you.id], 'copy delete'],
  ['private to oneself', { to: you }, ['message'], [other.id], 'reply copy'],
  ['private to oneself, of somebody who left', { to: you }, ['message'], [], 'copy'],
  ['private to another', { from: you, to: third }, ['message'], [third.id], 'reply copy edit delete'],
  ['private to another who left', { from: you, to: third }, ['message'], [], 'copy edit delete'],
  [
    'of another, for a host',
    {},
    ['op', 'message'],
    [other.id],
    'reply private copy delete deleteAllOf clear',
  ],
  ['of another, for a host who may not write', {}, ['op'], [other.id], 'copy delete deleteAllOf clear'],
])('%s', (_, change, permissions, here, wanted) => expect(on(change, permissions, ...here)).toBe(wanted))
