import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ControlPlane } from './testing/control-plane.ts'
import { HttpClient } from './testing/http-client.ts'
import { API_TOKEN, CLIP_DIR } from './testing/stage.ts'

/** The process, bundled as the product bundles it. The bundle lies in the repository so that it finds its packages. */
const HERE = fileURLToPath(new URL('.', import.meta.url))
const DIST = join(HERE, '../../dist')

describe('the demonstration origin as a process', () => {
  let folder: string
  let plane: ControlPlane
  const children: ChildProcess[] = []
  beforeAll(async () => {
    mkdirSync(DIST, { recursive: true })
    folder = mkdtempSync(join(DIST, 'demo-test-'))
    plane = await ControlPlane.start()
    await build({
      entryPoints: [join(HERE, 'main.ts')],
      outfile: join(folder, 'origin.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['node-datachannel', 'ws'],
      logLevel: 'silent',
    })
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    plane.forget()
  })
  afterAll(async () => {
    await plane.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(folder, 'origin.mjs')], {
      env: {
        DEMO_PORT: '0',
        DEMO_API_PORT: '0',
        CONTROL_URL: `${plane.url}/v1/admission`,
        WEBHOOK_SECRET: 's',
        API_TOKEN,
        DEMO_CLIP_DIR: CLIP_DIR,
        ...environment,
      },
    })
    children.push(child)
    const output = { stdout: '', stderr: '' }
    const ended = new Promise<number | null>(resolve => child.on('close', code => resolve(code)))
    const spoken = new Promise<void>(resolve => {
      child.stdout.on('data', chunk => {
        output.stdout += chunk
        if (output.stdout.includes('\n')) resolve()
      })
    })
    child.stderr.on('data', chunk => {
      output.stderr += chunk
    })
    return { child, output, ended, spoken: Promise.race([spoken, ended]) }
  }
  const live = async (output: { stdout: string }) => {
    const { api } = JSON.parse(output.stdout) as { api: number }
    const client = new HttpClient(`http://127.0.0.1:${api}`)
    const headers = { Authorization: `Basic ${Buffer.from(API_TOKEN).toString('base64')}` }
    await client.send('PUT', '/demo/loops/live', { headers })
    client.close()
    await plane.count(1)
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, and closes what is open on %s',
    async signal => {
      const { child, output, ended, spoken } = start()
      await spoken
      expect(JSON.parse(output.stdout)).toEqual({
        event: 'listening',
        media: expect.any(Number),
        api: expect.any(Number),
      })
      await live(output)
      child.kill(signal)
      expect(await ended).toBe(0)
      expect(plane.events().map(event => event.status)).toEqual(['opening', 'closing'])
      expect([output.stdout.split('\n').length, output.stderr]).toEqual([2, ''])
    },
  )

  it('ends with the process that started it, when told to', async () => {
    const { child, output, ended, spoken } = start({ DEMO_EXIT_WITH_STDIN: '1' })
    await spoken
    await live(output)
    child.stdin?.end()
    expect(await ended).toBe(0)
    expect(plane.events().map(event => event.status)).toEqual(['opening', 'closing'])
  })

  it.each([
    [{ DEMO_HOST: '0.0.0.0' }, 'The demonstration origin listens on this machine only, not on 0.0.0.0.'],
    [{ API_TOKEN: '' }, 'The demonstration origin cannot start: API_TOKEN is missing.'],
    [{ DEMO_CLIP_DIR: '/nowhere' }, 'picture.h264'],
  ])('refuses to start with %j, in one line', async (environment, sentence) => {
    const { output, ended } = start(environment)
    expect(await ended).toBe(1)
    expect(output.stderr).toContain(sentence)
    expect([output.stdout, output.stderr.split('\n').length]).toEqual(['', 2])
  })
})
