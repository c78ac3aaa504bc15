import type { HealthNumbers } from '../../../worker/live/messages/health.ts'

export type Display = Pick<HealthNumbers, 'gamut' | 'range' | 'depth' | 'scale'>

/** The display as the browser reports it: what it says of the device, not what the display shows. */
export function readDisplay(): Display {
  const is = (query: string) => matchMedia(query).matches
  const bits = Math.floor(screen.colorDepth / 3)
  return {
    gamut: is('(color-gamut: rec2020)')
      ? 'rec2020'
      : is('(color-gamut: p3)')
        ? 'p3'
        : is('(color-gamut: srgb)')
          ? 'srgb'
          : null,
    range: is('(dynamic-range: high)') || is('(video-dynamic-range: high)') ? 'high' : 'standard',
    depth: bits >= 1 && bits <= 16 ? bits : null,
    scale: Math.round(devicePixelRatio * 100) / 100,
  }
}
