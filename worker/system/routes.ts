import * as v from 'valibot'
import { inTime } from '../admission/in-time.ts'
import { publicKeys } from '../crypto/jwks.ts'
import type { App } from '../deps.ts'
import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { faultOf } from '../log.ts'
import { originClient } from '../origins/client.ts'
import { notFound } from '../problem.ts'
import { openApi } from './openapi.ts'
import { securityTxt } from './security-txt.ts'
import { VERSION } from './version.ts'

/** A database that has not answered within this many ms is down. */
const DATABASE_TIMEOUT = 2_000

const Health = v.object({
  status: v.literal('ok'),
  version: v.string(),
  runtime: v.picklist(['node', 'deno', 'workerd']),
})
const Ready = v.object({
  status: v.picklist(['ok', 'down']),
  database: v.picklist(['ok', 'down']),
  origin: v.picklist(['ok', 'down', 'none']),
  /** `elsewhere`: another process carries the live rooms, and this one lets nobody into them. No reason to be down. */
  live: v.picklist(['ok', 'elsewhere']),
})
export type Ready = v.InferOutput<typeof Ready>

async function databaseState(app: App): Promise<'ok' | 'down'> {
  try {
    return (await inTime(app.db.execute('SELECT 1'), DATABASE_TIMEOUT)) ? 'ok' : 'down'
  } catch (error) {
    app.log.warn('database.down', { error: faultOf(error) })
    return 'down'
  }
}

async function originState(app: App): Promise<Ready['origin']> {
  const origin = app.origins.usual()
  if (!origin) return 'none'
  return (await originClient(origin, app.fetch).reachable()) ? 'ok' : 'down'
}

/** @param all every route of the app, for the document that describes them. */
export const systemRoutes = (all: () => Route[]): Route[] => [
  route({
    method: 'get',
    path: '/healthz',
    who: 'anyone',
    summary: 'This process answers; nothing else is touched',
    answers: { 200: Health },
    handle: ({ c, app }) => c.json({ status: 'ok', version: VERSION, runtime: app.runtime }, 200, NO_STORE),
  }),
  route({
    method: 'get',
    path: '/readyz',
    who: 'anyone',
    summary: 'Whether database and origin answer, and which does not',
    answers: { 200: Ready, 503: Ready },
    async handle({ c, app }) {
      const [database, origin] = await Promise.all([databaseState(app), originState(app)])
      const status = database === 'ok' && origin !== 'down' ? 'ok' : 'down'
      const live = app.live.carries() ? 'ok' : 'elsewhere'
      return c.json({ status, database, origin, live } satisfies Ready, status === 'ok' ? 200 : 503, NO_STORE)
    },
  }),
  route({
    method: 'get',
    path: '/.well-known/jwks.json',
    who: 'anyone',
    summary: 'Public keys of the tokens that others verify',
    answers: { 200: null },
    handle: async ({ c, app }) =>
      c.json(await publicKeys(app.keys), 200, { 'Cache-Control': 'public, max-age=300' }),
  }),
  route({
    method: 'get',
    path: '/.well-known/security.txt',
    who: 'anyone',
    summary: 'Where to report a weakness, if the deployment says so (RFC 9116)',
    answers: { 200: null, 404: null },
    handle({ c, app }) {
      const { securityContact, publicUrl } = app.config
      if (securityContact === undefined) throw notFound()
      return c.text(securityTxt(securityContact, publicUrl, app.now()), 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'public, max-age=86400',
      })
    },
  }),
  route({
    method: 'get',
    path: '/api/openapi.json',
    who: 'anyone',
    summary: 'This document',
    answers: { 200: null },
    handle: ({ c }) => c.json(openApi(all()), 200, { 'Cache-Control': 'public, max-age=300' }),
  }),
  route({
    method: 'get',
    path: '/metrics',
    who: { right: 'metrics' },
    summary: "This process's counters, in Prometheus' text format",
    answers: { 200: null },
    handle: ({ c, app }) =>
      c.text(app.metrics.text(), 200, { 'Content-Type': 'text/plain; version=0.0.4', ...NO_STORE }),
  }),
]
