import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { FloorSeat } from './floor.ts'
import { fire, type Round, type Shot } from './load.ts'
import { ADMIN_TOKEN, api, type RuntimeName, root, startServer, WEBHOOK_SECRET } from './target.ts'

/**
 * `npm run bench`: each runtime in turn serves app and floors from one process; rounds alternate between them, so that
 * what the machine does meanwhile hits both alike. What counts is the ratio of medians, not a number of a machine.
 */
const ROUNDS = 5
const PER_ROUND: Record<RuntimeName, number> = { node: 1200, deno: 1200, workerd: 200 }
const PEOPLE = 50
/** So many callers join in turn, since one address may do so 60 times a minute. */
const ADDRESSES = 500
const BUDGET = 0.7

interface Line {
  runtime: RuntimeName
  what: string
  app: Round
  floor: Round
  others: { name: string; round: Round }[]
  trips: number
}

function webhook(url: string, port: number): Pick<Shot, 'body' | 'headers'> {
  const body = JSON.stringify({
    client: { address: '192.0.2.1', port, real_ip: '192.0.2.1' },
    request: {
      direction: 'outgoing',
      protocol: 'WebRTC',
      status: 'opening',
      time: new Date().toISOString(),
      url,
    },
  })
  const signature = createHmac('sha1', WEBHOOK_SECRET).update(body).digest('base64url')
  return { body, headers: { 'content-type': 'application/json', 'x-ome-signature': signature } }
}

interface Joined {
  token: string
  person: { id: string }
}

async function measure(runtime: RuntimeName, folder: string): Promise<Line[]> {
  const server = await startServer(runtime, folder)
  try {
    const { url } = server
    const room = await api<{ id: string; slug: string }>(
      url,
      '/api/rooms',
      { title: 'Bench', maxViewers: 500 },
      ADMIN_TOKEN,
    )
    const link = await api<{ id: string; url: string }>(
      url,
      `/api/rooms/${room.id}/links`,
      { label: 'all' },
      ADMIN_TOKEN,
    )
    const joining = { slug: room.slug, secret: link.url.split('#')[1] }
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, () => api<Joined>(url, '/api/join', joining)),
    )

    /** Tokens last 90 s: each round has its own. */
    const admissions = () =>
      Promise.all(
        people.map(async (person, i) => {
          const { webrtc } = await api<{ webrtc: { url: string } }>(url, '/api/playback', {}, person.token)
          return { url: webrtc.url, ...webhook(webrtc.url, 1000 + i) }
        }),
      )
    const [one] = await admissions()
    const claims = JSON.parse(atob(one!.url.split('.').at(-2)!.replaceAll('-', '+').replaceAll('_', '/')))
    const seat = {
      session: `out|192.0.2.1|1000|webrtc|${claims.p}`,
      personId: claims.p,
      roomId: room.id,
      linkId: link.id,
      streamId: claims.s,
      slug: room.slug,
      originId: claims.o,
      leaseMs: 300_000,
      address: '192.0.2.1',
      blockKey: '4c0000201',
      generation: claims.g,
    }
    const json = { 'content-type': 'application/json' }
    const joins = async () =>
      Array.from({ length: ADDRESSES }, (_, n) => ({
        body: JSON.stringify(joining),
        headers: { ...json, 'x-forwarded-for': `10.0.${n >> 8}.${n & 255}` },
      }))
    const plays = async () =>
      people.map(p => ({ body: '{}', headers: { ...json, authorization: `Bearer ${p.token}` } }))

    return [
      await compare(runtime, 'admission', url, seat, '/v1/admission', '/bench/floor', admissions, isAllowed, [
        ['one read', '/bench/one-read'],
        ['bare', '/bench/bare'],
      ]),
      await compare(runtime, 'playback', url, seat, '/api/playback', '/bench/playback', plays, is200, []),
      await compare(runtime, 'join', url, seat, '/api/join', '/bench/join', joins, is200, []),
    ]
  } finally {
    await server.stop()
  }
}

const isAllowed = (status: number, body: string) => status === 200 && body.includes('"allowed":true')
const is200 = (status: number) => status === 200

async function compare(
  runtime: RuntimeName,
  what: string,
  url: string,
  seat: FloorSeat,
  path: string,
  floorPath: string,
  prepare: () => Promise<Pick<Shot, 'body' | 'headers'>[]>,
  expected: (status: number, body: string) => boolean,
  others: [name: string, path: string][],
): Promise<Line> {
  const count = PER_ROUND[runtime]
  const paths = [path, floorPath, ...others.map(([, p]) => p)]
  const rounds: Round[][] = paths.map(() => [])
  let trips = 0
  for (let n = -1; n < ROUNDS; n++) {
    const shots = await prepare()
    for (const [i, p] of paths.entries()) {
      const round = await oneRound(
        url,
        seat,
        shots.map(({ body, headers }) => ({ body, headers, path: p })),
        count,
        i === 0 ? expected : is200,
      )
      if (i === 0) trips = round.trips
      // The first round only warms up.
      if (n >= 0) rounds[i]!.push(round)
    }
  }
  const [app, floor, ...rest] = rounds.map(middle)
  return {
    runtime,
    what,
    app: app!,
    floor: floor!,
    others: rest.map((round, i) => ({ name: others[i]![0], round })),
    trips,
  }
}

/** A Worker in development is loaded anew when a source file changes; a round that this cut in two is made again. */
const TRIES = 3

async function oneRound(
  url: string,
  seat: FloorSeat,
  shots: Shot[],
  count: number,
  expected: (status: number, body: string) => boolean,
): Promise<Round & { trips: number }> {
  for (let tries = 1; ; tries++) {
    await api(url, '/bench/begin', seat)
    const round = await fire(url, shots, count, expected)
    const { trips } = await api<{ trips: number }>(url, '/bench/trips', {})
    if (!round.failures) return { ...round, trips: trips / count }
    const fault = `${shots[0]!.path}: ${round.failures} of ${count} answers were wrong`
    if (tries === TRIES) throw new Error(fault)
    console.error(`${fault}; once more`)
  }
}

/** The median of each figure over the rounds. */
function middle(rounds: Round[]): Round {
  const median = (pick: (r: Round) => number) =>
    rounds.map(pick).sort((a, b) => a - b)[Math.floor(rounds.length / 2)]!
  return {
    perSecond: median(r => r.perSecond),
    p50: median(r => r.p50),
    p99: median(r => r.p99),
    failures: 0,
  }
}

function report(lines: Line[]): string {
  const n = (value: number, digits = 0) => value.toFixed(digits)
  const row = (name: string, r: Round, ratio: string, trips: string) =>
    `| ${name} | ${n(r.perSecond)} | ${n(r.p50, 2)} | ${n(r.p99, 2)} | ${ratio} | ${trips} |`
  const rows = lines.flatMap(l => [
    row(`${l.runtime}, ${l.what}`, l.app, n(l.app.perSecond / l.floor.perSecond, 2), n(l.trips, 2)),
    row('— its floor: HMAC, JSON, the same SQL', l.floor, '1', ''),
    ...l.others.map(o => row(`— ${o.name}`, o.round, n(o.round.perSecond / l.floor.perSecond, 2), '')),
  ])
  return `# Results

Made by \`npm run bench\`; what counts are the ratios, which hold when the machine changes. The budget for
admission is a ratio of at least ${BUDGET} to its floor. The live channel of a full room: [results-live.md](results-live.md).

Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${n(totalmem() / 2 ** 30)} GiB; Node ${process.versions.node}. Load and server share it.
Medians of ${ROUNDS} alternating rounds, 8 requests in flight, a room of ${PEOPLE} people with a seat limit. workerd
reaches the database over HTTP (Hrana) on the same machine.

| | requests/s | p50 ms | p99 ms | ratio to floor | database round trips |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}

const asked = process.argv.slice(2) as RuntimeName[]
const lines: Line[] = []
for (const runtime of asked.length ? asked : (['node', 'deno', 'workerd'] as const)) {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-'))
  console.log(`${runtime} …`)
  try {
    lines.push(...(await measure(runtime, folder)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
const text = report(lines)
console.log(text)
if (!asked.length) writeFileSync(new URL('bench/results.md', root), text)
const slow = lines.filter(l => l.what === 'admission' && l.app.perSecond / l.floor.perSecond < BUDGET)
for (const l of slow) console.error(`Over budget: ${l.runtime} ${l.what}`)
process.exitCode = slow.length ? 1 : 0
