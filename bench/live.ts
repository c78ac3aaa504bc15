import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { gather, type Talk } from './crowd.ts'
import { ADMIN_TOKEN, api, type RuntimeName, root, startServer } from './target.ts'
import { usageOfChildren } from './usage.ts'

/**
 * `npm run bench -- live`: one full room on a server of its own, for each runtime and number of people. What counts is
 * that nothing is lost or doubled, and how the work grows.
 */
const CROWDS: Record<RuntimeName, readonly number[]> = {
  node: [50, 200, 500, 1000],
  deno: [50, 200, 500, 1000],
  // In development a proxy stands before the Worker and takes every message in hand once more: two cores do not carry it.
  workerd: [50, 200, 500],
}
const PER_SECOND = 20
const SECONDS = 15
/** Said before, for the runtime to warm up, in s. */
const WARMING = 5
const JOINS_AT_ONCE = 8

interface Line {
  runtime: RuntimeName
  people: number
  talk: Talk
  /** What one person more makes the server hold, in bytes. */
  memory: number | undefined
  /** What delivering one message to one person takes of a processor, with all else that goes on, in µs. */
  work: number | undefined
}

async function measure(runtime: RuntimeName, people: number, folder: string): Promise<Line> {
  const server = await startServer(runtime, folder)
  try {
    const { url } = server
    const empty = usageOfChildren()
    const room = await api<{ id: string; slug: string }>(url, '/api/rooms', { title: 'Bench' }, ADMIN_TOKEN)
    const fields = { label: 'all', role: 'reviewer' }
    const link = await api<{ url: string }>(url, `/api/rooms/${room.id}/links`, fields, ADMIN_TOKEN)
    const tokens = await joinAll(url, { slug: room.slug, secret: link.url.split('#')[1]! }, people)
    const crowd = await gather(url, tokens)
    await crowd.talk('warm', PER_SECOND, WARMING)
    const before = usageOfChildren()
    const talk = await crowd.talk('bench', PER_SECOND, SECONDS)
    const after = usageOfChildren()
    crowd.leave()
    return {
      runtime,
      people,
      talk,
      memory: empty && after && (after.memory - empty.memory) / people,
      work: before && after && ((after.worked - before.worked) * 1000) / (talk.messages * people),
    }
  } finally {
    await server.stop()
  }
}

/** Everybody from an address of their own, because one address may join only so often. */
async function joinAll(
  url: string,
  joining: { slug: string; secret: string },
  count: number,
): Promise<string[]> {
  const tokens: string[] = []
  const people = Array.from({ length: count }, (_, n) => n).values()
  const lane = async () => {
    for (const n of people) {
      const from = { 'x-forwarded-for': `10.0.${n >> 8}.${n & 255}` }
      tokens[n] = (await api<{ token: string }>(url, '/api/join', joining, undefined, from)).token
    }
  }
  await Promise.all(Array.from({ length: JOINS_AT_ONCE }, lane))
  return tokens
}

function report(lines: Line[]): string {
  const rows = lines.map(({ runtime, people, talk, memory, work }) => {
    const at = (share: number) =>
      talk.delivery[Math.min(talk.delivery.length - 1, Math.floor(talk.delivery.length * share))] ??
      Number.NaN
    const smallest = lines.find(line => line.runtime === runtime)!.work
    const cells = [
      runtime,
      people,
      talk.messages * people,
      at(0.5).toFixed(1),
      at(0.99).toFixed(1),
      talk.lost,
      talk.doubled,
      memory === undefined ? '–' : Math.round(memory / 1024),
      work === undefined ? '–' : work.toFixed(1),
      work === undefined || smallest === undefined ? '–' : (work / smallest).toFixed(2),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `# A full room

Made by \`npm run bench -- live\`: all people of one room have a page on its live channel, and together say ${PER_SECOND} messages
a second for ${SECONDS} s; each goes to everybody, and is saved before. A server of its own for every line.

Delivery is from sending to having, in ms, each message at each person. Lost and doubled messages are counted by their
ids, person by person: there must be none. Memory is what the server's processes hold more (RSS) than just after their
start, in KiB a person: code that was compiled meanwhile and garbage that nobody has collected yet are in it, so that
the largest room comes nearest to what a person costs. Work is the server's processor time for
the whole talk, divided by messages × people, in µs; the ratio is to the smallest room's. It has the pings of all in it.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.versions.node}. All the pages live in one thread of one process; they and the server
share the machine, and what the pages take to read is in the delivery times. workerd reaches the database over HTTP
(Hrana), in the pages' process.

| | people | deliveries | p50 ms | p99 ms | lost | doubled | KiB a person | µs a message and person | ratio |
|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}

const asked = process.argv.slice(2) as RuntimeName[]
const lines: Line[] = []
for (const runtime of asked.length ? asked : (['node', 'deno', 'workerd'] as const))
  for (const people of CROWDS[runtime]) {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'))
    console.log(`${runtime}, ${people} people …`)
    try {
      lines.push(await measure(runtime, people, folder))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
const text = report(lines)
console.log(text)
if (!asked.length) writeFileSync(new URL('bench/results-live.md', root), text)
const wrong = lines.filter(({ talk }) => talk.lost || talk.doubled)
for (const { runtime, people } of wrong) console.error(`Lost or doubled: ${runtime}, ${people} people`)
process.exitCode = wrong.length ? 1 : 0
