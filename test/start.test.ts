import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Command, runNpmStart, runStart } from './runtimes/command.ts'
import { startOriginApi } from './runtimes/origin-api.ts'
import { runtimes } from './runtimes/runtime.ts'

let dataDir: string
let running: Command[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sightline-start-'))
  running = []
})
afterEach(async () => {
  for (const command of running) {
    command.signal('SIGKILL')
    await command.exited
  }
  rmSync(dataDir, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}, runtime: (typeof runtimes)[number] = 'node'): Command {
  const command = runStart(runtime, { ...apart(), ...env })
  running.push(command)
  return command
}

/** Free ports and a folder of its own: beside any other. */
const apart = () => ({
  PORT: '0',
  DATA_DIR: dataDir,
  DEMO_PORT: '0',
  DEMO_API_PORT: '0',
  SIGHTLINE_ADMIN_TOKEN: TOKEN,
})

const TOKEN = 'automation-token-of-these-tests'

const stop = async (command: Command) => {
  command.signal('SIGINT')
  return command.exited
}

async function api(admin: { url: string; token: string }, path: string) {
  const answer = await fetch(admin.url + path, { headers: { authorization: `Bearer ${admin.token}` } })
  return answer.json()
}

/** What the banner says, as a newcomer reads it. */
async function banner(command: Command) {
  const [, link] = await command.line(/Review link\s+(\S+)/)
  const [, url, setup] = await command.line(/Set up\s+(\S+)\/admin\/welcome#(\S+)/)
  return { link: link!, url: url!, setup: setup!, token: TOKEN }
}

/** What a one-time link still opens: 200, or 404 when it is spent. */
const opens = async (url: string, secret: string) => {
  const answer = await fetch(`${url}/api/auth/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  })
  return { status: answer.status, body: await answer.json() }
}

const answers = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  )

describe('npm start in an empty data folder', () => {
  test('ends with a review link that works and a set-up link that makes the owner', async () => {
    const command = start()
    const { link, url, setup, token } = await banner(command)
    await command.line(/Ctrl-C stops it/)
    // Passkeys are for names, not for addresses.
    expect(new URL(url).hostname).toBe('localhost')
    expect(await opens(url, setup)).toMatchObject({ status: 200, body: { kind: 'setup', role: 'owner' } })

    const { slug, secret } = /\/r\/(?<slug>[a-z0-9-]+)#(?<secret>[a-z2-7]+)$/.exec(link)!.groups!
    const join = await fetch(`${url}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ slug, secret }),
    })
    expect([join.status, (await join.json()).state]).toEqual([200, 'admitted'])
    expect(await api({ url, token }, '/api/session')).toMatchObject({ role: 'admin', demo: true })
    await expect
      .poll(() => api({ url, token }, '/api/rooms'), { timeout: 20_000 })
      .toMatchObject({ items: [{ slug: 'demo', state: 'live' }] })
    expect(await stop(command)).toBe(0)
  })

  test('keeps the secret to its owner, and never prints it', async () => {
    const command = start()
    await command.line(/Ctrl-C stops it/)
    await stop(command)
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim()
    expect(secret).toMatch(/^[\w-]{64}$/)
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'sightline.db')).mode & 0o777).toBe(0o600)
    expect(command.lines.join('\n')).not.toContain(secret)
  })

  test('started again, has the same review link and only one, and a new set-up link in place of the old', async () => {
    const first = start()
    const before = await banner(first)
    await stop(first)
    const second = start()
    const after = await banner(second)
    expect(new URL(after.link).hash).toBe(new URL(before.link).hash)
    expect((await opens(after.url, before.setup)).status).toBe(404)
    expect((await opens(after.url, after.setup)).status).toBe(200)
    const { items: rooms } = await api(after, '/api/rooms')
    const { items: links } = await api(after, `/api/rooms/${rooms[0].id}/links`)
    expect([rooms.length, links.length]).toEqual([1, 1])
  })

  test('begins the demonstration anew when it was ended and its link revoked', async () => {
    const first = start()
    const before = await banner(first)
    const call = (method: string, path: string, json?: object) =>
      fetch(before.url + path, {
        method,
        headers: { authorization: `Bearer ${before.token}`, 'content-type': 'application/json' },
        ...(json ? { body: JSON.stringify(json) } : {}),
      })
    const { items: rooms } = await api(before, '/api/rooms')
    const { items: links } = await api(before, `/api/rooms/${rooms[0].id}/links`)
    expect((await call('DELETE', `/api/rooms/${rooms[0].id}/links/${links[0].id}`)).ok).toBe(true)
    expect((await call('PATCH', `/api/rooms/${rooms[0].id}`, { state: 'ended' })).ok).toBe(true)
    await stop(first)

    const after = await banner(start())
    expect(new URL(after.link).hash).not.toBe(new URL(before.link).hash)
    const { items } = await api(after, '/api/rooms')
    expect(items).toMatchObject([{ id: rooms[0].id, state: expect.stringMatching(/^(open|live)$/) }])
  })
})

describe('npm start with settings of one’s own', () => {
  test('prints no secret it was given, and runs no demonstration beside an origin', async () => {
    const origin = await startOriginApi()
    const given = {
      SIGHTLINE_SECRET: 'a secret of my own, long enough for anybody',
      SIGHTLINE_ADMIN_TOKEN: 'an-admin-token-of-my-own',
      ...origin.settings,
    }
    const command = start(given)
    await command.line(/Ctrl-C stops it/)
    const text = command.lines.join('\n')
    for (const name of [
      'SIGHTLINE_SECRET',
      'SIGHTLINE_ADMIN_TOKEN',
      'OME_API_TOKEN',
      'OME_WEBHOOK_SECRET',
    ] as const)
      expect(text).not.toContain((given as Record<string, string>)[name])
    expect(text).not.toMatch(/Review link|demonstration/)
    // No token unless one is set: what is derived from the secret is never a bearer.
    expect(text).not.toMatch(/#token=|sl_admin/)
    expect(() => statSync(join(dataDir, 'secret'))).toThrow()
    await origin.close()
  })

  test('runs no demonstration where others may reach it', async () => {
    const command = start({ PUBLIC_URL: 'https://review.example' })
    await command.line(/No origin is configured/)
    expect(command.lines.join('\n')).not.toMatch(/Review link/)
  })

  test('names every problem in a line, starts nothing and ends with 2', async () => {
    const command = start({ SIGHTLINE_SECRET: 'short', LEASE_MS: 'long', LOG_LEVEL: 'loud' })
    expect(await command.exited).toBe(2)
    expect(command.lines.filter(line => !/^Building /.test(line))).toEqual([
      expect.stringMatching(/^SIGHTLINE_SECRET must /),
      expect.stringMatching(/^LEASE_MS must /),
      expect.stringMatching(/^LOG_LEVEL must /),
    ])
  })

  test('says in one sentence that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const command = start({ PORT: String(port) })
    expect(await command.exited).toBe(1)
    expect(command.lines.filter(line => !/^Building /.test(line))).toEqual([
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    ])
    other.close()
  })

  test('says in one sentence that HOST is not of this machine', async () => {
    const command = start({ HOST: '192.0.2.1' })
    expect(await command.exited).toBe(1)
    expect(command.lines.at(-1)).toMatch(/no address 192\.0\.2\.1/)
  })
})

test('ends when the npm that runs it is ended', async () => {
  const command = runNpmStart(apart())
  running.push(command)
  const { url } = await banner(command)
  await command.line(/Ctrl-C stops it/)
  command.signal('SIGTERM')
  await expect.poll(() => answers(url), { timeout: 15_000 }).toBe(false)
})

describe.each(runtimes)('on %s', runtime => {
  test('Ctrl-C ends everything in good order', async () => {
    const command = start({}, runtime)
    const { url, link } = await banner(command)
    await command.line(/Ctrl-C stops it/)
    const health = await (await fetch(`${url}/healthz`)).json()
    expect([health.runtime, new URL(link).origin]).toEqual([runtime, url])
    expect(await stop(command)).toBe(0)
    expect(await answers(url)).toBe(false)
  })

  test('one Ctrl-C that arrives twice, as npm hands it on, is one', async () => {
    const command = start({}, runtime)
    const { url } = await banner(command)
    command.signal('SIGINT')
    command.signal('SIGTERM')
    expect(await stop(command)).toBe(0)
    expect(await answers(url)).toBe(false)
  })

  test('nothing survives a starter that was killed', async () => {
    const command = start({}, runtime)
    const { url } = await banner(command)
    command.signal('SIGKILL')
    await command.exited
    await expect.poll(() => answers(url), { timeout: 15_000 }).toBe(false)
  })
})
