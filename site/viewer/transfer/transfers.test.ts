import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { IceAnswer } from '../../../worker/ice/schema.ts'
import type { ConnectionOptions } from './connection.ts'
import { channelPair, DATA_SDP, fakeKeep, ID, someBytes } from './fixture.ts'
import { ASKED, OFFER_MS, OFFERS, OVER, RUNNING } from './limits.ts'
import { writeSignal } from './signal.ts'
import { createTransfers, type TransferNeeds, type Transfers } from './transfers.ts'

const servers: IceAnswer = { iceServers: [], relayOnly: false, ttl: 600 }
const NAMES = { ada: 'Ada', bob: 'Bob' } as const
type Who = keyof typeof NAMES

/** A page of a person, with what it did. */
interface Page {
  who: Who
  transfers: Transfers
  saved: { name: string; file: Blob }[]
  keeps: ReturnType<typeof fakeKeep>[]
  connections: { options: ConnectionOptions; closed: boolean }[]
}

let pages: Page[]
/** All that went through the room. */
let said: { from: Who; to: string; data: Record<string, unknown> }[]
let present: Set<string>
let now: number
let ids: number

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  ;[pages, said, now, ids] = [[], [], 1_000_000, 0]
  present = new Set(['ada', 'bob'])
})
afterEach(() => {
  for (const { transfers } of pages) transfers.stop()
  vi.useRealTimers()
})

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const newId = () => `${'a'.repeat(14)}${LETTERS[ids >> 5]}${LETTERS[ids++ & 31]}`

function open(who: Who, needs: Partial<TransferNeeds> = {}): Page {
  const page: Omit<Page, 'transfers'> = { who, saved: [], keeps: [], connections: [] }
  const transfers = createTransfers({
    async say(to, data) {
      said.push({ from: who, to, data: JSON.parse(data) })
      for (const other of pages) if (other.who === to) other.transfers.heard(who, data)
      return true
    },
    peer: id => (present.has(id) ? { id, name: NAMES[id as Who] } : undefined),
    servers: async () => servers,
    connect(options) {
      const connection = { options, closed: false }
      page.connections.push(connection)
      if (options.role === 'offer') queueMicrotask(() => options.say('offer', DATA_SDP))
      return {
        take(type) {
          if (type === 'offer') queueMicrotask(() => options.say('answer', DATA_SDP))
        },
        close() {
          connection.closed = true
        },
      }
    },
    async openKeep() {
      const keep = fakeKeep()
      page.keeps.push(keep)
      return keep
    },
    largest: async () => 50_000_000,
    save: (file, name) => page.saved.push({ name, file }),
    newId,
    now: () => now,
    ...needs,
  })
  const whole = { ...page, transfers }
  pages.push(whole)
  return whole
}

const phases = ({ transfers }: Page) => transfers.list.value.map(({ phase }) => phase)
const one = ({ transfers }: Page) => transfers.list.value[0]!
const until = (page: Page, phase: string) => vi.waitFor(() => expect(phases(page)).toEqual([phase]))
const pass = (ms: number) => {
  now += ms
  vi.advanceTimersByTime(1000)
}

/** Puts a file before Ada, who offers it to Bob. */
async function offer(ada: Page, bob: Page, bytes = someBytes(100_000), name = 'grade.mov') {
  ada.transfers.draft({ id: 'bob', name: 'Bob' }, new File([bytes], name, { type: 'video/quicktime' }))
  ada.transfers.send(one(ada).id)
  await until(bob, 'asked')
}

/** Lets the two connections find each other. */
async function join(ada: Page, bob: Page, spoil?: Parameters<typeof channelPair>[0]) {
  await vi.waitFor(() => expect([ada.connections.length, bob.connections.length]).toEqual([1, 1]))
  await vi.waitFor(() => expect(said.filter(({ data }) => data.is === 'sdp')).toHaveLength(2))
  const [near, far] = channelPair(spoil)
  bob.connections[0]!.options.open(far as unknown as RTCDataChannel)
  ada.connections[0]!.options.open(near as unknown as RTCDataChannel)
}

test('offered, accepted, sent, checked and saved, with no more said than is needed', async () => {
  const [ada, bob] = [open('ada'), open('bob')]
  const bytes = someBytes(2_500_000)
  await offer(ada, bob, bytes, '../grade\u202E.mov')
  expect(one(bob)).toMatchObject({
    way: 'in',
    peer: { id: 'ada', name: 'Ada' },
    file: { name: '_grade.mov', size: 2_500_000, mime: 'video/quicktime' },
  })
  // Nobody has told an address yet.
  expect([ada.connections, bob.connections, said.map(({ data }) => data.is)]).toEqual([[], [], ['offer']])

  bob.transfers.accept(one(bob).id)
  await join(ada, bob)
  await until(ada, 'done')
  await until(bob, 'done')
  expect(said.map(({ from, data }) => [from, data.is])).toEqual([
    ['ada', 'offer'],
    ['bob', 'accept'],
    ['ada', 'sdp'],
    ['bob', 'sdp'],
  ])
  const [saved, ...more] = bob.saved
  expect([saved!.name, saved!.file.type, more]).toEqual(['_grade.mov', 'application/octet-stream', []])
  expect(Buffer.from(await saved!.file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  expect([ada.saved, ada.connections[0]!.closed, bob.connections[0]!.closed]).toEqual([[], true, true])

  bob.transfers.saveAgain(one(bob).id)
  expect(bob.saved).toHaveLength(2)
  bob.transfers.dismiss(one(bob).id)
  expect([phases(bob), bob.keeps[0]!.done]).toEqual([[], ['finish', 'discard']])
})

describe('it ends for both', () => {
  test('refused, and nobody has told an address', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    await offer(ada, bob)
    bob.transfers.refuse(one(bob).id)
    expect([one(ada), one(bob)]).toMatchObject([
      { phase: 'refused', by: 'them' },
      { phase: 'refused', by: 'you' },
    ])
    expect(ada.connections).toEqual([])
  })

  test.each(['ada', 'bob'] as const)(
    'cancelled by %s while it runs, and what came is thrown away',
    async who => {
      const [ada, bob] = [open('ada'), open('bob')]
      await offer(ada, bob)
      bob.transfers.accept(one(bob).id)
      await join(ada, bob, () => undefined)
      await until(bob, 'moving')
      const [by, other] = who === 'ada' ? [ada, bob] : [bob, ada]
      by.transfers.cancel(one(by).id)
      expect([one(by), one(other)]).toMatchObject([
        { phase: 'cancelled', by: 'you' },
        { phase: 'cancelled', by: 'them' },
      ])
      expect([ada.connections[0]!.closed, bob.connections[0]!.closed]).toEqual([true, true])
      expect([bob.keeps[0]!.done, bob.saved]).toEqual([['discard'], []])
    },
  )

  test('with a wrong hash: nothing is saved, and both say why', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    await offer(ada, bob)
    bob.transfers.accept(one(bob).id)
    await join(ada, bob, data => {
      if (typeof data !== 'string') new Uint8Array(data)[0]! ^= 1
      return data
    })
    await until(ada, 'failed')
    expect([one(ada).failure, one(bob).failure]).toEqual(['hash', 'hash'])
    expect([bob.keeps[0]!.done, bob.saved]).toEqual([['discard'], []])
  })

  test('when no place for it can be made', async () => {
    const ada = open('ada')
    const bob = open('bob', { openKeep: () => Promise.reject(new Error('no')) })
    await offer(ada, bob)
    bob.transfers.accept(one(bob).id)
    await join(ada, bob)
    await until(ada, 'failed')
    expect([one(ada).failure, one(bob).failure]).toEqual(['storage', 'storage'])
  })

  test('when there are no servers to be had', async () => {
    const ada = open('ada', { servers: async () => 'unreachable' })
    const bob = open('bob')
    await offer(ada, bob)
    bob.transfers.accept(one(bob).id)
    await until(ada, 'failed')
    expect([one(ada).failure, one(bob).failure]).toEqual(['connection', 'connection'])
  })

  test('when nobody answers', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    await offer(ada, bob)
    pass(OFFER_MS)
    expect([phases(ada), one(ada).failure]).toEqual([['failed'], 'no_answer'])
  })

  test('when one of the two leaves, or may no longer', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    await offer(ada, bob)
    present.delete('bob')
    ada.transfers.peopleChanged()
    expect([phases(ada), one(ada).failure]).toEqual([['failed'], 'left'])
  })
})

test('a draft that is not sent leaves no trace', () => {
  const ada = open('ada')
  ada.transfers.draft({ id: 'bob', name: 'Bob' }, new File(['x'], 'x'))
  ada.transfers.cancel(one(ada).id)
  expect([phases(ada), said]).toEqual([[], []])
})

test('taken by one of a person’s pages, it is gone from the other', async () => {
  const [ada, bob, also] = [open('ada'), open('bob'), open('bob')]
  await offer(ada, bob)
  await until(also, 'asked')
  bob.transfers.accept(one(bob).id)
  await join(ada, bob)
  await vi.waitFor(() => expect(phases(also)).toEqual([]))
  await until(ada, 'done')
})

test('more than may run at once are not begun, on either side', async () => {
  const [ada, bob] = [open('ada'), open('bob')]
  const begin = async (i: number) => {
    ada.transfers.draft({ id: 'bob', name: 'Bob' }, new File(['x'], `${i}`))
    ada.transfers.send(ada.transfers.list.value.at(-1)!.id)
  }
  for (let i = 0; i < RUNNING; i++) {
    await begin(i)
    await vi.waitFor(() => expect(phases(bob)).toHaveLength(i + 1))
    bob.transfers.accept(bob.transfers.list.value.at(-1)!.id)
  }
  await begin(RUNNING)
  expect(phases(ada).at(-1)).toBe('draft')
  bob.transfers.heard('ada', writeSignal({ is: 'offer', id: ID, file: { name: 'x', size: 1, mime: '' } }))
  await vi.waitFor(() => expect(phases(bob)).toHaveLength(RUNNING + 1))
  bob.transfers.accept(ID)
  expect(phases(bob).at(-1)).toBe('asked')
})

test('what the room does not pass on is said to have failed', async () => {
  const [ada] = [open('ada', { say: async () => false }), open('bob')]
  ada.transfers.draft({ id: 'bob', name: 'Bob' }, new File(['x'], 'x'))
  ada.transfers.send(one(ada).id)
  await until(ada, 'failed')
  expect(one(ada).failure).toBe('unsaid')
})

describe('a stranger', () => {
  const offerOf = (id: string, size = 1000) =>
    writeSignal({ is: 'offer', id, file: { name: 'x', size, mime: '' } })

  test('who is not here, or may not, asks nobody anything', async () => {
    const bob = open('bob')
    bob.transfers.heard('eve', offerOf(ID))
    bob.transfers.heard('ada', offerOf(newId()))
    await until(bob, 'asked')
    expect([one(bob).peer.id, said]).toEqual(['ada', []])
  })

  test('has no say in what is with somebody else', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    present.add('eve')
    await offer(ada, bob)
    const { id } = one(bob)
    for (const signal of [
      { is: 'stop', id, why: 'cancelled' },
      { is: 'accept', id, tab: ID },
      { is: 'refuse', id, why: 'refused' },
      { is: 'sdp', id, tab: ID, type: 'offer', sdp: DATA_SDP },
    ] as const)
      for (const page of [ada, bob]) page.transfers.heard('eve', writeSignal(signal))
    expect([phases(ada), phases(bob)]).toEqual([['offered'], ['asked']])
  })

  test('floods in vain: few are asked about, most are not even answered', async () => {
    const bob = open('bob')
    for (let i = 0; i < 500; i++) bob.transfers.heard('ada', offerOf(newId()))
    await vi.waitFor(() => expect(phases(bob)).toHaveLength(ASKED.each))
    expect(said).toHaveLength(OFFERS.count - ASKED.each)
    expect(new Set(said.map(({ data }) => data.why))).toEqual(new Set(['busy']))
  })

  test('with a file that is too large is told how large one may be', async () => {
    const bob = open('bob')
    bob.transfers.heard('ada', offerOf(ID, 50_000_001))
    await vi.waitFor(() => expect(said).toHaveLength(1))
    expect(said[0]!.data).toEqual({
      kind: 'file.1',
      is: 'refuse',
      id: ID,
      why: 'too_large',
      limit: 50_000_000,
    })
    expect(phases(bob)).toEqual([])
  })

  test('who takes an offer back at once is not asked about', async () => {
    const bob = open('bob')
    bob.transfers.heard('ada', offerOf(ID))
    bob.transfers.heard('ada', writeSignal({ is: 'stop', id: ID, why: 'cancelled' }))
    await until(bob, 'cancelled')
  })

  test('who sends no description of ours connects to nobody', async () => {
    const [ada, bob] = [open('ada'), open('bob')]
    await offer(ada, bob)
    bob.transfers.accept(one(bob).id)
    const { id, tab } = one(bob)
    bob.transfers.heard(
      'ada',
      JSON.stringify({ kind: 'file.1', is: 'sdp', id, tab, type: 'offer', sdp: 'v=0\r\nm=audio 9 x y\r\n' }),
    )
    expect(bob.connections).toEqual([])
  })
})

test('what is over does not pile up', async () => {
  const bob = open('bob')
  for (let i = 0; i < 3 * OVER; i++) {
    now += OFFERS.ms
    const id = newId()
    bob.transfers.heard('ada', writeSignal({ is: 'offer', id, file: { name: 'x', size: 1, mime: '' } }))
    bob.transfers.heard('ada', writeSignal({ is: 'stop', id, why: 'cancelled' }))
    await vi.waitFor(() => expect(phases(bob).at(-1)).toBe('cancelled'))
  }
  expect(phases(bob)).toHaveLength(OVER + 1)
})

test('a page that goes away says so', async () => {
  const [ada, bob] = [open('ada'), open('bob')]
  await offer(ada, bob)
  ada.transfers.stop()
  expect([phases(ada), one(bob)]).toMatchObject([[], { phase: 'cancelled', by: 'them' }])
})
