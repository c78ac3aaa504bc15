import type { App } from '../deps.ts'
import { Problem } from '../problem.ts'
import type { Origin } from './origins.ts'

/** The origin a room belongs to. @throws {Problem} when it is no longer configured */
export function originOf({ origins }: Pick<App, 'origins'>, { originId }: { originId: string }): Origin {
  const origin = origins.get(originId)
  if (!origin)
    throw new Problem(
      409,
      'no_origin',
      'This room has no origin. Set OME_API_URL and OME_WEBHOOK_SECRET first.',
    )
  return origin
}
