/** A hidden page presents no frames: there a decoded one must do, looked for this often, in ms. */
const LOOK_EVERY = 200

/**
 * Calls back once, when the video's first frame is presented. A browser that wants a touch first may present one frame
 * of a paused video: that is no start. Returns a way to call it off.
 */
export function onFirstFrame(video: HTMLVideoElement, then: () => void): () => void {
  let looking = true
  const done = () => {
    if (!looking) return
    looking = false
    clearInterval(timer)
    then()
  }
  const canPresent = 'requestVideoFrameCallback' in video
  let handle = 0
  const present = () => {
    handle = video.requestVideoFrameCallback(() => (video.paused ? present() : done()))
  }
  if (canPresent) present()
  const timer = setInterval(() => {
    if (canPresent && !document.hidden) return
    if (!video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.currentTime > 0)
      done()
  }, LOOK_EVERY)
  return () => {
    looking = false
    clearInterval(timer)
    if (canPresent) video.cancelVideoFrameCallback(handle)
  }
}
