/**
 * Ways to the picture, best first: WebRTC over UDP; over whatever ICE finds (TCP and a relay too); over a relay only;
 * LL-HLS, which passes every proxy and is seconds late.
 */
export const routes = ['udp', 'all', 'relay', 'llhls'] as const
export type Route = (typeof routes)[number]

/**
 * How long a session may take to connect, in ms, before the next way is tried: from the offer on, and for LL-HLS from
 * the start to the first frame.
 */
export const CONNECT_WITHIN: Record<Route, number> = { udp: 4000, all: 6000, relay: 6000, llhls: 15_000 }

/**
 * The way after this one. From the last it begins anew. A browser that cannot take the offered codec over WebRTC
 * cannot take it on any WebRTC way: straight to LL-HLS.
 */
export function nextRoute(route: Route, why: 'not-connected' | 'unsupported'): Route {
  if (why === 'unsupported' && route !== 'llhls') return 'llhls'
  return routes[(routes.indexOf(route) + 1) % routes.length]!
}

/** Between LL-HLS and the next attempt to get back to WebRTC, in ms: 15, 30, 60, 120, then 240 s. */
export function climbAfter(climbs: number): number {
  return 15_000 * 2 ** Math.min(climbs, 4)
}

/** Which WebRTC way to try from LL-HLS: each in turn. */
export function climbRoute(climbs: number): Route {
  return routes[climbs % (routes.length - 1)]!
}

/** OME's switch for the transport, put before the token: `stream_token` must stay the last parameter. */
export function addressFor(route: Route, addresses: { webrtc: string; llhls: string }): string {
  if (route === 'llhls') return addresses.llhls
  const [path, query] = addresses.webrtc.split('?', 2)
  return `${path}?transport=${route}${query ? `&${query}` : ''}`
}
