import { createBenchServer } from '../server.ts'
import { benchDeps } from './deps.ts'
import { openBenchDb } from './open.ts'

interface DenoGlobal {
  env: { toObject(): Record<string, string> }
  serve(options: object, handler: (request: Request) => Promise<Response>): unknown
}
const { Deno } = globalThis as unknown as { Deno: DenoGlobal }

const env = Deno.env.toObject()
const server = createBenchServer(benchDeps('deno', await openBenchDb(env.BENCH_DATABASE!), env))
Deno.serve(
  {
    hostname: '127.0.0.1',
    port: 0,
    onListen: ({ port }: { port: number }) => console.log(JSON.stringify({ port })),
  },
  request => server.fetch(request, { address: '127.0.0.1' }),
)
