import { afterEach, describe, expect, test, vi } from 'vitest'
import { channelPair, fakeKeep, someBytes } from './fixture.ts'
import { BLOCK, BUFFER, CHUNK, WINDOW } from './limits.ts'
import { startReceiving } from './receiving.ts'
import { startSending } from './sending.ts'

const stops: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const stop of stops.splice(0)) stop()
})

/** Sends a file from one end to the other; what was told on both sides when it is over on both. */
async function transfer(
  bytes: Uint8Array<ArrayBuffer>,
  {
    spoil,
    keep = fakeKeep(),
    file = new Blob([bytes]),
    size = bytes.length,
  }: {
    spoil?: Parameters<typeof channelPair>[0]
    keep?: ReturnType<typeof fakeKeep>
    file?: Blob
    size?: number
  } = {},
) {
  const [near, far] = channelPair(spoil)
  const told: string[] = []
  const moved: { out: number[]; in: number[] } = { out: [], in: [] }
  let received: Blob | undefined
  await new Promise<void>(resolve => {
    const ending = (who: string) => (what: string) => {
      told.push(`${who} ${what}`)
      // Whoever finds a fault ends it for both, through the room.
      if (what !== 'verified' || told.filter(one => one.endsWith('verified')).length === 2) resolve()
    }
    const [out, into] = [ending('out'), ending('in')]
    const receiving = startReceiving(size, far, keep, {
      moved: n => moved.in.push(n),
      all: () => told.push('in all'),
      broke: into,
      verified(whole) {
        received = whole
        into('verified')
      },
    })
    const sending = startSending(file, near, {
      moved: n => moved.out.push(n),
      all: () => told.push('out all'),
      broke: out,
      verified: () => out('verified'),
    })
    stops.push(receiving.stop, sending.stop)
  })
  return { told: told.sort(), moved, received, keep, near, far }
}

const whole = ['in all', 'in verified', 'out all', 'out verified']

describe('a file arrives whole and checked', () => {
  test.each([
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    BLOCK - 1,
    BLOCK,
    BLOCK + 1,
    3 * BLOCK,
    (WINDOW + 3) * BLOCK + 7,
  ])('of %i bytes', async size => {
    const bytes = someBytes(size)
    const { told, moved, received, near } = await transfer(bytes)
    expect(told).toEqual(whole)
    expect(Buffer.from(await received!.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    expect(received!.type).toBe('application/octet-stream')
    expect([moved.out.at(-1), moved.in.at(-1)]).toEqual([size, size])
    const chunks = near.said.filter(said => typeof said === 'number')
    expect(Math.max(...chunks)).toBeLessThanOrEqual(CHUNK)
    expect(chunks.reduce((sum, n) => sum + n, 0)).toBe(size)
  })

  test('of no bytes at all', async () => {
    const { told, received } = await transfer(new Uint8Array())
    expect([told, received!.size]).toEqual([whole, 0])
  })
})

test('the browser is never given more than it can hold', async () => {
  let most = 0
  const [near, far] = channelPair()
  const send = near.send
  near.send = data => {
    send(data)
    most = Math.max(most, near.bufferedAmount)
  }
  await new Promise<void>(resolve => {
    const none = { moved() {}, all() {}, broke() {} }
    const size = 4 * BLOCK
    stops.push(startReceiving(size, far, fakeKeep(), { ...none, verified: () => resolve() }).stop)
    stops.push(startSending(new Blob([someBytes(size)]), near, { ...none, verified() {} }).stop)
  })
  expect(most).toBeLessThanOrEqual(BUFFER.full + CHUNK + 200)
})

test('a receiver that keeps nothing is sent no more than it may hold', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  let release = () => {}
  const keep = fakeKeep()
  const write = keep.write
  let waiting = 0
  keep.write = async bytes => {
    waiting += 1
    await new Promise<void>(resolve => {
      release = resolve
    })
    await write(bytes)
  }
  const size = (WINDOW + 4) * BLOCK
  const [near, far] = channelPair()
  const none = { moved() {}, all() {}, broke() {}, verified() {} }
  stops.push(startReceiving(size, far, keep, none).stop)
  stops.push(startSending(new Blob([someBytes(size)]), near, none).stop)
  const sent = () => near.said.reduce<number>((sum, said) => sum + (typeof said === 'number' ? said : 0), 0)
  await vi.waitFor(() => expect([sent(), waiting]).toEqual([WINDOW * BLOCK, 1]))
  release()
  await vi.waitFor(() => expect([sent(), waiting]).toEqual([(WINDOW + 1) * BLOCK, 2]))
})

describe('what was changed on the way is found out', () => {
  const flip = (at: number) => (data: string | ArrayBuffer, n: number) => {
    if (typeof data === 'string' || n !== at) return data
    const bytes = new Uint8Array(data)
    bytes[7]! ^= 1
    return bytes.buffer
  }
  test.each([0, 63, 65, 128])('in chunk %i', async at => {
    const { told, keep } = await transfer(someBytes(2 * BLOCK), { spoil: flip(at) })
    expect(told).toEqual(['in hash'])
    expect(keep.done).toEqual([])
  })

  const replace = (is: string, change: object) => (data: string | ArrayBuffer) => {
    if (typeof data !== 'string' || JSON.parse(data).is !== is) return data
    return JSON.stringify({ ...JSON.parse(data), ...change })
  }
  test('in a hash of a block', async () => {
    const { told } = await transfer(someBytes(10), { spoil: replace('block', { hash: '0'.repeat(64) }) })
    expect(told).toEqual(['in hash'])
  })

  test('in the root', async () => {
    const { told, keep } = await transfer(someBytes(10), { spoil: replace('end', { root: '0'.repeat(64) }) })
    expect(told).toEqual(['in all', 'in hash', 'out all'])
    expect(keep.done).toEqual([])
  })
})

describe('what a sender of ours does not send ends it', () => {
  const text = (value: object) => JSON.stringify(value)
  const hash = '0'.repeat(64)
  /** What a receiver of a file of this size makes of these messages. */
  function receive(size: number, messages: unknown[]): string[] {
    const [, far] = channelPair()
    const told: string[] = []
    const progress = { moved() {}, all() {}, verified() {}, broke: (why: string) => told.push(why) }
    const { stop } = startReceiving(size, far, fakeKeep(), progress)
    stops.push(stop)
    for (const data of messages) far.onmessage?.({ data } as MessageEvent)
    return told
  }
  test.each<[what: string, size: number, messages: unknown[]]>([
    ['an empty chunk', 10, [new ArrayBuffer(0)]],
    ['a chunk that is too large', 10 * CHUNK, [new ArrayBuffer(CHUNK + 1)]],
    ['more than was offered', 10, [new ArrayBuffer(11)]],
    ['more than was offered, bit by bit', 10, [new ArrayBuffer(10), new ArrayBuffer(1)]],
    ['anything at all of an empty file', 0, [new ArrayBuffer(1)]],
    ['a chunk beyond its block', 2 * BLOCK, Array.from({ length: 65 }, () => new ArrayBuffer(CHUNK))],
    ['a block before it is whole', 10, [new ArrayBuffer(9), text({ is: 'block', n: 0, hash })]],
    ['a block of nothing', 10, [text({ is: 'block', n: 0, hash })]],
    ['another block', 10, [new ArrayBuffer(10), text({ is: 'block', n: 1, hash })]],
    ['an end at the beginning', 10, [text({ is: 'end', root: hash })]],
    ['an end in the middle', 10, [new ArrayBuffer(10), text({ is: 'end', root: hash })]],
    ['a word of the other side', 10, [text({ is: 'have', bytes: 1 })]],
    ['text that is none', 10, ['x']],
    ['a blob', 10, [new Blob(['x'])]],
    ['null', 10, [null]],
    ['anything after the end', 0, [text({ is: 'end', root: hash }), new ArrayBuffer(1)]],
    [
      'far more than may be under way',
      100 * BLOCK,
      Array.from({ length: WINDOW + 2 }, (_, n) => [
        ...Array.from({ length: 64 }, () => new ArrayBuffer(CHUNK)),
        text({ is: 'block', n, hash }),
      ]).flat(),
    ],
  ])('%s', (_, size, messages) => {
    expect(receive(size, messages)).toEqual(['protocol'])
  })
})

describe('what a receiver of ours does not say ends it', () => {
  async function answer(...messages: unknown[]): Promise<string[]> {
    const [near, far] = channelPair()
    const told: string[] = []
    const progress = { moved() {}, all() {}, verified: () => told.push('verified') }
    await new Promise<void>(resolve => {
      const broke = (why: string) => {
        told.push(why)
        resolve()
      }
      stops.push(startSending(new Blob([someBytes(100)]), near, { ...progress, broke }).stop)
      far.onmessage = ({ data }) => {
        if (typeof data !== 'string' || JSON.parse(data).is !== 'end') return
        for (const message of messages)
          near.onmessage?.({
            data: typeof message === 'string' ? message : JSON.stringify(message),
          } as MessageEvent)
      }
    })
    return told
  }
  const root = '0'.repeat(64)
  test.each<[what: string, messages: unknown[], why: string]>([
    ['more than was sent', [{ is: 'have', bytes: 101 }], 'protocol'],
    [
      'less than before',
      [
        { is: 'have', bytes: 50 },
        { is: 'have', bytes: 49 },
      ],
      'protocol',
    ],
    [
      'done before it has all',
      [
        { is: 'have', bytes: 99 },
        { is: 'done', root },
      ],
      'protocol',
    ],
    [
      'done with another file',
      [
        { is: 'have', bytes: 100 },
        { is: 'done', root },
      ],
      'hash',
    ],
    ['a word of the other side', [{ is: 'end', root }], 'protocol'],
    ['nonsense', ['nonsense'], 'protocol'],
  ])('%s', async (_, messages, why) => {
    expect(await answer(...messages)).toEqual([why])
  })
})

describe('what fails around it is told', () => {
  test.each(['write', 'finish'] as const)('a disk that fails to %s', async how => {
    const { told } = await transfer(someBytes(10), { keep: fakeKeep(how) })
    expect(told).toContain('in storage')
    expect(told).not.toContain('in verified')
  })

  test('a file that cannot be read any more', async () => {
    const file = new Blob([someBytes(10)])
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob
    expect((await transfer(someBytes(10), { file })).told).toEqual(['out file'])
  })

  test('a file that has become shorter', async () => {
    const file = new Blob([someBytes(10)])
    const slice = file.slice.bind(file)
    file.slice = (from, to) => slice(from, to! - (BLOCK - 9))
    expect((await transfer(someBytes(10), { file })).told).toEqual(['out file'])
  })
})

test('a block that takes its time is told of each second', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const [, far] = channelPair()
  const moved: number[] = []
  stops.push(
    startReceiving(BLOCK, far, fakeKeep(), {
      moved: n => moved.push(n),
      all() {},
      broke() {},
      verified() {},
    }).stop,
  )
  far.onmessage?.({ data: new ArrayBuffer(1000) } as MessageEvent)
  vi.advanceTimersByTime(1000)
  vi.advanceTimersByTime(1000)
  far.onmessage?.({ data: new ArrayBuffer(24) } as MessageEvent)
  vi.advanceTimersByTime(1000)
  expect(far.said).toEqual([
    { is: 'have', bytes: 1000 },
    { is: 'have', bytes: 1024 },
  ])
  expect(moved).toEqual([1000, 1024])
})
