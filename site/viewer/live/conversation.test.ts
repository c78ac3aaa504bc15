import { afterEach, expect, test, vi } from 'vitest'
import type { ChatEvent } from '../chat/chat.ts'
import * as rules from '../chat/chat.ts'
import { said, welcome } from '../chat/fixture.ts'
import { createConversation } from './conversation.ts'

afterEach(() => vi.useRealTimers())

const told = (message: Extract<ChatEvent, { type: 'told' }>['message']): ChatEvent => ({
  type: 'told',
  message,
  people: [],
  at: 0,
})
const hello = told(welcome({ items: [said(1)], next: null }))
const write: ChatEvent = {
  type: 'write',
  draft: { kind: 'chat', ref: 'a', text: 'Yes', to: null, replyTo: null, me: false },
}

test('what happens before the rules are there waits for them, in its order', async () => {
  const sent: unknown[] = []
  const load = vi.fn(() => Promise.resolve(rules))
  const { chat, unread, talk } = createConversation(message => sent.push(message), load)
  expect(load).not.toHaveBeenCalled()
  talk(hello)
  talk(told({ type: 'chat', seq: 1, message: said(2) }))
  talk(write)
  expect([chat.value.log.items, sent, load.mock.calls.length]).toEqual([[], [], 1])
  await Promise.resolve()
  expect([chat.value.log.items.length, sent]).toEqual([2, [{ type: 'chat', ref: 'a', text: 'Yes' }]])
  talk(told({ type: 'chat', seq: 2, message: said(3) }))
  expect(unread.value).toBe(1)
})

test('rules that cannot be loaded are asked for again, and nothing is lost meanwhile', async () => {
  vi.useFakeTimers()
  const load = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(rules)
  const { chat, talk } = createConversation(() => {}, load)
  talk(hello)
  await vi.advanceTimersByTimeAsync(1999)
  expect([chat.value.log.items.length, load.mock.calls.length]).toEqual([0, 1])
  talk(told({ type: 'chat', seq: 1, message: said(2) }))
  await vi.advanceTimersByTimeAsync(1)
  expect([chat.value.log.items.length, load.mock.calls.length]).toEqual([2, 2])
})
