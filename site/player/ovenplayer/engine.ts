import OvenPlayer from 'ovenplayer/src/js/ovenplayer.sdk.js'
import type { Route } from '../route.ts'

declare global {
  interface Window {
    /** Where OvenPlayer looks for hls.js. */
    Hls?: unknown
  }
}

/**
 * OvenPlayer's engine and its settings for a way. hls.js is loaded only for LL-HLS, and gets a worker of our own
 * origin: the blob it would make of itself is forbidden by the content security policy.
 */
export async function loadEngine(route: Route) {
  if (route !== 'llhls') return { OvenPlayer, hlsConfig: {} }
  const [{ default: Hls }, { default: workerPath }] = await Promise.all([
    import('hls.js'),
    import('hls.js/dist/hls.worker.js?url'),
  ])
  window.Hls = Hls
  return { OvenPlayer, hlsConfig: { enableWorker: true, workerPath, lowLatencyMode: true } }
}
