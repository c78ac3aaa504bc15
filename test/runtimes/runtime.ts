import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../scripts/build.mjs'
import { databaseUrl } from '../../scripts/data/folder.mjs'
import { launchDemoOrigin } from '../../scripts/launch/demo-origin.mjs'
import { freePort } from '../../scripts/launch/ports.mjs'
import { launchServer } from '../../scripts/launch/server.mjs'
import { variablesOf } from '../../scripts/launch/variables.mjs'
import { loadConfig } from '../../worker/config.ts'
import type { Runtime } from '../../worker/deps.ts'

export const runtimes = ['node', 'deno', 'workerd'] as const satisfies Runtime[]

/** A real server process on a runtime, with a database and a data folder of its own. */
export interface RunningServer {
  runtime: Runtime
  /** Without a trailing slash. */
  url: string
  adminToken: string
  /** SIGHTLINE_SECRET, with which links can be minted away from it. */
  secret: string
  dataDir: string
  /** Everything it and its origin have said so far, a line each. */
  logs: string[]
  /** The demonstration origin, when one was asked for. */
  origin: { apiUrl: string; apiToken: string; webhookSecret: string; publicUrl: string } | undefined
  /** Ends it in good order and removes its folder; gives the exit code. */
  stop(): Promise<number>
}

export interface Starting {
  env?: Record<string, string>
  /** With the demonstration origin as its origin. */
  demo?: boolean
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Of this process's environment only what programs need to run: a developer's settings must not reach a test. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap(name =>
  process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
)

/** Starts the product's own entry on a runtime, on a free port, and waits until it answers. */
export async function startRuntime(
  runtime: Runtime,
  { env: own = {}, demo = false }: Starting = {},
): Promise<RunningServer> {
  await build({ only: ['site', 'server', ...(demo ? (['demo'] as const) : [])], say: () => {} })
  const dataDir = mkdtempSync(join(tmpdir(), `sightline-${runtime}-`))
  const secret = own.SIGHTLINE_SECRET ?? 'a secret of the tests, long enough for anybody'
  const env: Record<string, string> = {
    ...Object.fromEntries(inherited),
    HOST: '127.0.0.1',
    PORT: demo ? String(await freePort('127.0.0.1')) : '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl({}, dataDir),
    SIGHTLINE_SECRET: secret,
    SIGHTLINE_ADMIN_TOKEN: 'automation-token-of-the-tests',
    ...own,
  }
  const logs: string[] = []
  const onLine = (line: string) => void logs.push(line)
  const origin = demo
    ? await launchDemoOrigin({
        root,
        env: { ...env, DEMO_PORT: '0', DEMO_API_PORT: '0' },
        serverUrl: `http://127.0.0.1:${env.PORT}`,
        onLine,
      })
    : undefined
  Object.assign(env, origin?.settings)
  try {
    const server = await launchServer({ runtime, root, env, variables: variablesOf(loadConfig, env), onLine })
    return {
      runtime,
      url: server.url,
      adminToken: env.SIGHTLINE_ADMIN_TOKEN!,
      secret,
      dataDir,
      logs,
      origin: origin && {
        apiUrl: origin.apiUrl,
        apiToken: origin.apiToken,
        webhookSecret: env.OME_WEBHOOK_SECRET!,
        publicUrl: env.OME_PUBLIC_URL!,
      },
      async stop() {
        await server.stop()
        await origin?.stop()
        rmSync(dataDir, { recursive: true, force: true })
        return server.exited
      },
    }
  } catch (error) {
    await origin?.stop()
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
}
