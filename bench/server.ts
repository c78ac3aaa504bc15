import { createApp, type SightlineApp } from '../worker/app.ts'
import type { Db } from '../worker/db.ts'
import type { Deps, RequestEnv } from '../worker/deps.ts'
import { createFloors, type FloorSeat, type Floors } from './floor.ts'

/**
 * The app under measurement with the floors beside it, in one process on one database: paths under `/bench/` are the
 * floors and the counters, everything else is the app as it is.
 */
export function createBenchServer(deps: Deps): SightlineApp {
  let trips = 0
  const db = countingDb(deps.db, () => {
    trips++
  })
  const app = createApp({ ...deps, db })
  let floors: Floors | undefined

  return {
    ...app,
    async fetch(request: Request, env?: RequestEnv): Promise<Response> {
      const { pathname } = new URL(request.url)
      switch (pathname) {
        case '/bench/floor':
          return floors!.floor(request)
        case '/bench/one-read':
          return floors!.oneRead(request)
        case '/bench/bare':
          return floors!.bare(request)
        case '/bench/join':
          return floors!.join(request)
        case '/bench/playback':
          return floors!.playback(request)
        case '/bench/begin':
          floors = await createFloors(
            db,
            deps.config.origin!.webhookSecret,
            (await request.json()) as FloorSeat,
            deps.now,
          )
          trips = 0
          return new Response(null, { status: 204 })
        case '/bench/trips':
          return Response.json({ trips })
        default:
          return app.fetch(request, env)
      }
    },
  }
}

function countingDb(db: Db, count: () => void): Db {
  return {
    execute: ((statement: never) => {
      count()
      return db.execute(statement)
    }) as Db['execute'],
    batch: (statements, mode) => {
      count()
      return db.batch(statements, mode)
    },
    executeMultiple: text => db.executeMultiple(text),
    close: () => db.close(),
  }
}
