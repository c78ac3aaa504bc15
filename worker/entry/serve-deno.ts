import { announce, type Create, openLocal, refuseToListen, stopOnSignal } from './local.ts'

/** What we use of Deno; its own types would change those of every other file. */
declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: (at: { port: number }) => void },
    handler: (request: Request, info: { remoteAddr: { hostname: string } }) => Promise<Response>,
  ): { shutdown(): Promise<void> }
}

/** Runs the server on Deno until a signal ends it. */
export async function serveDeno(create?: Create): Promise<void> {
  const local = await openLocal('deno', create)
  const { app, config } = local
  try {
    const server = Deno.serve(
      { hostname: config.host, port: config.port, onListen: ({ port }) => announce(port) },
      (request, { remoteAddr }) => app.fetch(request, { address: remoteAddr.hostname }),
    )
    stopOnSignal(local, () => server.shutdown())
  } catch (error) {
    refuseToListen(config, error)
  }
}
