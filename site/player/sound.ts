export interface Sound {
  on: boolean
  /** 0 to 1. */
  volume: number
}

/** One press of an arrow key. */
const STEP = 0.05

/** Louder (+1) or softer (−1) by one step. Turning it up turns it on; down to nothing leaves it on, silent. */
export function turned(sound: Sound, direction: 1 | -1): Sound {
  const volume = Math.min(1, Math.max(0, Math.round((sound.volume + direction * STEP) * 100) / 100))
  return { on: sound.on || direction > 0, volume }
}

/**
 * Lets a picture be heard. A browser that gives sound only to a touched element pauses the picture instead: the
 * picture has precedence, so it goes on muted, and `refused` is called.
 */
export function applySound(video: HTMLVideoElement, sound: Sound, refused: () => void): void {
  video.volume = sound.volume
  video.muted = !sound.on
  if (!sound.on || !video.paused || video.ended) return
  video.play().catch(() => {
    video.muted = true
    video.play().catch(() => {})
    refused()
  })
}
