import type { LiveStream } from '../streams/live-stream.ts'
import type { Registry } from '../streams/registry.ts'
import { type ApiAnswer, failure, NO_CONTROLLER, ok } from './answer.ts'
import { describeStream } from './describe.ts'
import { describeApp, describeVhost } from './describe-configuration.ts'
import { describeStatistics } from './statistics.ts'

export interface OmeRoutesSetup {
  readonly vhost: string
  readonly app: string
  readonly registry: Registry
  readonly startedAt: number
  readonly controlUrl: string
  readonly timeoutMs: number
}

/** OME's REST API, as far as the product uses it. Recording, pushing and events are not there: no controller. */
export function answerOme(setup: OmeRoutesSetup, method: string, path: readonly string[]): ApiAnswer {
  const [version, ...rest] = path
  // A colon is OME's mark of an action, such as `app:startRecord`.
  if (version !== 'v1' || path.some(segment => segment.includes(':'))) return NO_CONTROLLER
  if (method === 'GET' && rest.join('/') === 'version')
    return ok({ gitVersion: '(From archive)', version: '0.20.0' })
  if (rest[0] === 'stats' && rest[1] === 'current' && rest[2] === 'vhosts' && method === 'GET') {
    return answerStatistics(setup, rest.slice(3))
  }
  return rest[0] === 'vhosts' ? answerVhosts(setup, method, rest.slice(1)) : NO_CONTROLLER
}

function answerVhosts(setup: OmeRoutesSetup, method: string, path: readonly string[]): ApiAnswer {
  const [vhost, apps, app, streams, name, ...rest] = path
  if (rest.length > 0 || (method !== 'GET' && !(method === 'DELETE' && name))) return NO_CONTROLLER
  if (vhost === undefined) return ok([setup.vhost])
  if (vhost !== setup.vhost) return noVhost(vhost)
  if (apps === undefined) return ok(describeVhost(setup))
  if (apps !== 'apps') return NO_CONTROLLER
  if (app === undefined) return ok([setup.app])
  if (app !== setup.app) return noApp(setup, app)
  if (streams === undefined) return ok(describeApp(setup.app))
  if (streams !== 'streams') return NO_CONTROLLER
  if (name === undefined) return ok(setup.registry.all().map(stream => stream.name))
  return withStream(setup, name, stream => {
    if (method === 'GET') return ok(describeStream(stream))
    stream.publication.dropped()
    return ok()
  })
}

function answerStatistics(setup: OmeRoutesSetup, path: readonly string[]): ApiAnswer {
  const [vhost, apps, app, streams, name, ...rest] = path
  const all = setup.registry.all()
  if (vhost === undefined || rest.length > 0) return NO_CONTROLLER
  if (vhost !== setup.vhost) return noVhost(vhost)
  if (apps === undefined) return ok(describeStatistics(all, setup.startedAt))
  if (apps !== 'apps' || app === undefined) return NO_CONTROLLER
  if (app !== setup.app) return noApp(setup, app)
  if (streams === undefined) return ok(describeStatistics(all, setup.startedAt))
  if (streams !== 'streams' || name === undefined) return NO_CONTROLLER
  return withStream(setup, name, stream => ok(describeStatistics([stream], stream.createdAt)))
}

function withStream(setup: OmeRoutesSetup, name: string, then: (stream: LiveStream) => ApiAnswer): ApiAnswer {
  const { vhost, app, registry } = setup
  const stream = registry.get(name)
  return stream
    ? then(stream)
    : failure(404, `Could not find the stream: [${vhost}/#${vhost}#${app}/${name}]`)
}

const noVhost = (vhost: string) => failure(404, `Could not find the virtual host: [${vhost}]`)
const noApp = (setup: OmeRoutesSetup, app: string) =>
  failure(404, `Could not find the application: [${setup.vhost}/${app}]`)
