import type { Origin } from '../origins/origins.ts'
import type { AdmissionRequest } from './request.ts'

/** Whether the URL names this origin's application, virtual host and (if it lists them) public hosts. */
export function placeFault(
  origin: Pick<Origin, 'app' | 'vhost' | 'publicHosts'>,
  { url, protocol }: Pick<AdmissionRequest, 'url' | 'protocol'>,
): string | undefined {
  if (url.app !== origin.app) return 'wrong application'
  // Only an SRT stream id names the virtual host, in the place of a host without port; else it is what was dialled.
  if (protocol === 'srt' && !url.hasPort)
    return url.host === origin.vhost.toLowerCase() ? undefined : 'wrong virtual host'
  if (origin.publicHosts.length && !origin.publicHosts.includes(url.host)) return 'wrong host'
  return undefined
}
