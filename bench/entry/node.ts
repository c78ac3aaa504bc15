import { serve } from '@hono/node-server'
import { createBenchServer } from '../server.ts'
import { benchDeps } from './deps.ts'
import { openBenchDb } from './open.ts'

const server = createBenchServer(
  benchDeps('node', await openBenchDb(process.env.BENCH_DATABASE!), process.env),
)
serve(
  { fetch: request => server.fetch(request, { address: '127.0.0.1' }), hostname: '127.0.0.1', port: 0 },
  info => console.log(JSON.stringify({ port: info.port })),
)
