import type { GlyphName } from '../lib/glyph.tsx'
import type { Clock } from './clock.ts'
import type { Fit } from './fit.ts'
import { t } from './text.ts'

/** A state in words, and the glyph beside it. */
export interface Said {
  glyph: GlyphName
  words: string
}

export function sayClock(clock: Clock): Said {
  switch (clock.is) {
    case 'fine':
      return { glyph: 'good', words: t.clock.fine(clock.uncertainty) }
    case 'free': {
      const since = new Date(clock.since).toLocaleTimeString(t.times)
      return { glyph: 'fair', words: t.clock.free(since, clock.uncertainty) }
    }
    case 'checking':
      return { glyph: 'waiting', words: t.clock.checking }
    case 'no-link':
      return { glyph: 'unknown', words: t.clock['no-link'] }
    case 'ended':
      return { glyph: 'ended', words: t.clock.ended }
    case 'away':
      return { glyph: 'poor', words: t.clock.away }
  }
}

export function sayPixels({ scale, smaller }: Fit): Said {
  if (scale < 1) return { glyph: 'fair', words: t.pixels.scaled(Math.round(scale * 100)) }
  return smaller ? { glyph: 'fair', words: t.pixels.smaller } : { glyph: 'good', words: t.pixels.exact }
}
