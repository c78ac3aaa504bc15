import { loadConfig } from '../../worker/config.ts'
import type { Db } from '../../worker/db.ts'
import type { Deps, Runtime } from '../../worker/deps.ts'
import { createLog } from '../../worker/log.ts'

/** Log lines made and thrown away: a production server makes one for each request. */
export let logged = 0

/** What the benchmark's servers share: a usual configuration, no site, an origin that is never there. */
export const benchDeps = (runtime: Runtime, db: Db, env: Record<string, string | undefined>): Deps => ({
  runtime,
  db,
  config: loadConfig({ ...env, DATABASE_URL: 'file:bench.db' }),
  log: createLog('info', line => {
    logged += line.length
  }),
  now: () => Date.now(),
  fetch: async () => new Response(null, { status: 503 }),
  asset: async () => undefined,
})
