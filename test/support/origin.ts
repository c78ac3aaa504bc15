import { omeError } from './app.ts'

/** A stream as a test wants the origin to have it. */
export interface OriginStream {
  address?: string
  port?: number
  /** Packaged: has outputs. */
  playable?: boolean
  createdAt?: number
  /** When its publisher last sent anything, ms. */
  lastReceived?: number
}

const ok = (response?: unknown) =>
  Response.json({ message: 'OK', statusCode: 200, ...(response === undefined ? {} : { response }) })

/**
 * An origin's REST answers, in the shapes of test/fixtures/ome/rest.jsonl, about the streams in the given object. The
 * test adds to it and takes from it; DELETE takes from it too.
 */
export function originWith(streams: Record<string, OriginStream>) {
  return (method: string, path: string): Response => {
    const [, stats, name] =
      /^\/v1\/(stats\/current\/)?vhosts\/default\/apps\/app\/streams(?:\/(\w+))?$/.exec(path) ?? []
    if (path.endsWith('/streams') && method === 'GET') return ok(Object.keys(streams))
    const stream = name === undefined ? undefined : streams[name]
    if (!stream) return omeError(404, `Could not find the stream: [default/#default#app/${name}]`)
    if (method === 'DELETE') {
      delete streams[name!]
      return ok()
    }
    if (stats)
      return ok({ lastRecvTime: new Date(stream.lastReceived ?? 0).toISOString(), totalConnections: 0 })
    return ok({
      name,
      input: {
        createdTime: new Date(stream.createdAt ?? 0).toISOString(),
        sourceType: 'Rtmp',
        sourceUrl: `TCP://${stream.address ?? '192.0.2.1'}:${stream.port ?? 40_000}`,
        tracks: [],
      },
      outputs: stream.playable ? [{ name }] : [],
    })
  }
}
