import { createClient } from '@libsql/client/web'
import { createBenchServer } from '../server.ts'
import { benchDeps } from './deps.ts'

interface Env extends Record<string, string> {
  BENCH_DATABASE: string
  BENCH_DATABASE_TOKEN: string
}

let server: ReturnType<typeof createBenchServer> | undefined

export default {
  fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    server ??= createBenchServer(
      benchDeps(
        'workerd',
        createClient({ url: env.BENCH_DATABASE, authToken: env.BENCH_DATABASE_TOKEN }),
        env,
      ),
    )
    return server.fetch(request, { address: '127.0.0.1', defer: work => context.waitUntil(work) })
  },
}
