import { Hono } from 'hono'
import { admissionRoutes } from './admission/routes.ts'
import { alertRoutes } from './alerts/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { createAuditBuffer } from './audit/buffer.ts'
import { auditRoutes } from './audit/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { blockRoutes } from './blocks/routes.ts'
import { chartRoutes } from './chart/routes.ts'
import { createKeys } from './crypto/keys.ts'
import type { App, Deps, RequestEnv } from './deps.ts'
import { galeneRoutes } from './galene/routes.ts'
import { answerFailure } from './http/failure.ts'
import { allowOrigins, canonicalHost, observe, ownNames } from './http/middleware.ts'
import { type Http, mount } from './http/mount.ts'
import type { Route } from './http/route.ts'
import { iceRoutes } from './ice/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { runMinute } from './jobs/minute.ts'
import { linkRoutes } from './links/routes.ts'
import { type Conductor, createConductor, type Stage } from './live/conductor.ts'
import { createHub, type Hub } from './live/hub.ts'
import type { Place } from './live/place.ts'
import { liveRoutes } from './live/routes.ts'
import type { LiveState } from './live/rules/state.ts'
import { createMetrics } from './metrics/metrics.ts'
import { noteRoutes } from './notes/routes.ts'
import { createDiscovery } from './oidc/discovery.ts'
import { oidcRoutes } from './oidc/routes.ts'
import { oidcSettingsRoutes } from './oidc/settings-routes.ts'
import { createOrigins } from './origins/origins.ts'
import { mountPages } from './pages/pages.ts'
import { passkeyRoutes } from './passkeys/account.ts'
import { byLinkRoutes } from './passkeys/by-link.ts'
import { signInRoutes } from './passkeys/sign-in.ts'
import { peopleRoutes } from './people/routes.ts'
import { staffPeopleRoutes } from './people/staff-routes.ts'
import { playbackRoutes } from './playback/routes.ts'
import { roomUserRoutes } from './room-users/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import { statusRoutes } from './rooms/status-routes.ts'
import { stillRoutes } from './stills/routes.ts'
import { streamRoutes } from './streams/routes.ts'
import { subroomRoutes } from './subrooms/routes.ts'
import { systemRoutes } from './system/routes.ts'
import { timecodeRoutes } from './timecode/routes.ts'
import { userRoutes } from './users/routes.ts'
import { setupRoutes } from './users/setup-routes.ts'

/** The whole route table. A capability is one folder and one line here. */
export const routes: Route[] = [
  ...systemRoutes(() => routes),
  ...admissionRoutes,
  ...alertRoutes,
  ...authRoutes,
  ...signInRoutes,
  ...oidcRoutes,
  ...oidcSettingsRoutes,
  ...byLinkRoutes,
  ...passkeyRoutes,
  ...setupRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...roomRoutes,
  ...statusRoutes,
  ...streamRoutes,
  ...subroomRoutes,
  ...noteRoutes,
  ...galeneRoutes,
  ...roomUserRoutes,
  ...linkRoutes,
  ...peopleRoutes,
  ...staffPeopleRoutes,
  ...invitationRoutes,
  ...playbackRoutes,
  ...liveRoutes,
  ...timecodeRoutes,
  ...iceRoutes,
  ...stillRoutes,
  ...chartRoutes,
  ...blockRoutes,
  ...auditRoutes,
]

/** The app as a runtime's entry sees it. */
export interface SightlineApp {
  fetch(request: Request, env?: RequestEnv): Promise<Response>
  /** The minute job; call it about once a minute, from as many instances as there are. */
  minute(): Promise<void>
  /** Resolves when everything that runs after an answer is done: for shutting down, and for tests. */
  settled(): Promise<void>
  /** The live channels of this process: for runtimes where it is the only one. */
  hub: Hub
  /** The live channel of a room or sub-room, for runtimes where each has a place of its own. */
  conduct(place: Place, stage: Stage, state: LiveState): Conductor
}

export function createApp(deps: Deps): SightlineApp {
  const pending = new Set<Promise<unknown>>()
  const parts = {
    wait: (ms: number) => new Promise<void>(done => setTimeout(done, ms)),
    ...deps,
    metrics: createMetrics(),
    keys: createKeys(deps.config.secret, deps.config.previousSecret),
    origins: createOrigins(deps.config),
    discovery: createDiscovery(deps.fetch, deps.now),
  }
  const hub = createHub(() => app)
  const app: App = { ...parts, audit: createAuditBuffer(parts), live: deps.live ?? hub }
  const http: Http = new Hono()
  http.onError((error, c) => answerFailure(app, error, c))
  observe(http, app)
  ownNames(http, app)
  canonicalHost(http, app)
  allowOrigins(http, app, routes)
  mount(http, app, routes, pending)
  mountPages(http, app)
  return {
    fetch: async (request, env = {}) => http.fetch(request, env),
    async minute() {
      await runMinute(app)
    },
    async settled() {
      while (pending.size) await Promise.all(pending)
      await hub.settled()
    },
    hub,
    conduct: (place, stage, state) => createConductor(app, place, stage, state),
  }
}
