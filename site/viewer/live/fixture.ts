import type { Person, ToClient } from '../../../worker/live/protocol.ts'
import { roomView } from '../fixture.ts'
import type { FollowOptions, WireEvents } from './follow.ts'

/** Somebody in a room, for tests. */
export const person = (id: string, change: Partial<Person> = {}): Person => ({
  id,
  name: `Name of ${id}`,
  role: 'reviewer',
  permissions: ['message', 'annotate'],
  since: '2026-11-21T13:50:00.000Z',
  hand: false,
  microphone: 'off',
  camera: 'off',
  health: 'unknown',
  displayChecked: false,
  ...change,
})

type Welcome = Extract<ToClient, { type: 'welcome' }>

/** What a room says first, for tests. */
export const welcome = (change: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  epoch: 'e1',
  seq: 4,
  now: '2026-11-21T14:00:00.000Z',
  you: {
    ...person('p1', { name: 'Client' }),
    state: 'admitted',
    opensAt: null,
    waiting: null,
    watermark: null,
  },
  people: [person('p1', { name: 'Client' })],
  waiting: [],
  room: roomView().room,
  publishing: false,
  playable: false,
  streams: [],
  demo: false,
  chat: { items: [], next: null },
  marks: [],
  ...change,
})

/** A network on which the test is the server. */
export function fakeWires() {
  const wires: { token: string; events: WireEvents; sent: unknown[]; closed: boolean }[] = []
  const open: FollowOptions['open'] = (token, events) => {
    const wire = { token, events, sent: [] as unknown[], closed: false }
    wires.push(wire)
    return {
      send: text => void wire.sent.push(JSON.parse(text)),
      close: () => {
        wire.closed = true
      },
    }
  }
  const last = () => wires.at(-1)!
  return {
    wires,
    open,
    last,
    say: (message: ToClient) => last().events.heard(JSON.stringify(message)),
    /** The connection comes about and the room says everything. */
    welcome(change: Partial<Welcome> = {}) {
      last().events.opened()
      last().events.heard(JSON.stringify(welcome(change)))
    },
  }
}
