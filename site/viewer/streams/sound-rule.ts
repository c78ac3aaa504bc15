import type { Sound } from '../../player/sound.ts'

/** What this device remembers of a stream's sound. */
export interface KeptSound {
  /** 0 to 1. */
  volume: number
  /** What was decided for this stream alone; null = it is heard when it is large. */
  on: boolean | null
}

export const UNHEARD: KeptSound = { volume: 1, on: null }

/**
 * How a stream sounds: as was decided for it, else only the large one does.
 * @param heard whether the viewer lets this page sound at all
 */
export const soundOf = (kept: KeptSound, { large, heard }: { large: boolean; heard: boolean }): Sound => ({
  on: kept.on ?? (large && heard),
  volume: kept.volume,
})

/** More labels of one room are not remembered. */
const MOST = 32

/** What was kept, as far as it can be read: by label, which is empty for the programme. */
export function readSounds(text: string | null): Record<string, KeptSound> {
  try {
    const stored = JSON.parse(text ?? 'null') as unknown
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {}
    return Object.fromEntries(
      Object.entries(stored as Record<string, Partial<KeptSound> | null>)
        .slice(0, MOST)
        .flatMap(([label, kept]) => {
          const { volume, on } = kept ?? {}
          if (typeof volume !== 'number' || !(volume >= 0 && volume <= 1)) return []
          return [[label, { volume, on: typeof on === 'boolean' ? on : null }]]
        }),
    )
  } catch {
    return {}
  }
}

/** With one changed; what was changed last is kept when there are too many. */
export function withSound(
  sounds: Record<string, KeptSound>,
  label: string,
  kept: KeptSound,
): Record<string, KeptSound> {
  const { [label]: _, ...others } = sounds
  return Object.fromEntries([[label, kept], ...Object.entries(others)].slice(0, MOST))
}
