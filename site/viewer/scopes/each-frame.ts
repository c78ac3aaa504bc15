/** Firefox before 132 does not tell of frames. */
const TELLS = 'requestVideoFrameCallback' in HTMLVideoElement.prototype

/**
 * Calls `look` with a picture now, and with every frame that it shows from then on: a picture that is held shows none. In
 * browsers that do not tell of frames, with every frame of the page's own while it plays.
 */
export function eachFrame(picture: HTMLVideoElement, look: (picture: HTMLVideoElement) => void): () => void {
  let stopped = false
  const again = () => {
    if (stopped) return
    if (TELLS) picture.requestVideoFrameCallback(shown)
    else requestAnimationFrame(() => (picture.paused ? again() : shown()))
  }
  const shown = () => {
    if (stopped) return
    look(picture)
    again()
  }
  shown()
  return () => {
    stopped = true
  }
}
