import { iso } from '../http/fields.ts'
import { placeOf } from '../http/place.ts'
import { type Route, route } from '../http/route.ts'
import { forbidden, Problem } from '../problem.ts'
import { keepSetupLink, makerOf } from './links-store.ts'
import { makeOneTimeLink, welcomeUrl } from './one-time-link.ts'
import { Invitation } from './schema.ts'

/** What the starter on this machine asks for: the link that makes the first owner. */
export const setupRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/setup-link',
    who: { right: null },
    audit: { action: 'user.invite', kind: 'setup' },
    summary:
      'A new set-up link while there is no owner; the one before stops. For the starter on this machine alone',
    answers: { 201: Invitation, 403: null, 409: null },
    async handle({ c, app, caller, tell }) {
      if (caller.kind !== 'start') throw forbidden()
      const now = app.now()
      const link = await makeOneTimeLink(app.keys, 'setup', undefined, now)
      tell({ id: link.id })
      if (!(await keepSetupLink(app.db, { ...link, createdBy: makerOf(caller) }, now)))
        throw new Problem(409, 'owner_exists', 'There is an owner already.')
      const url = welcomeUrl(placeOf(app, c.req.url).origin, link.secret)
      return c.json({ url, expiresAt: iso(link.expiresAt)! } satisfies Invitation, 201, {
        'Cache-Control': 'no-store',
      })
    },
  }),
]
