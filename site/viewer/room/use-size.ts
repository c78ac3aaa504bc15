import { useEffect, useState } from 'preact/hooks'

/** Of the stream, in its own pixels. */
export interface Size {
  width: number
  height: number
}

/** Of the video on screen; null before its first frame. */
export function useSize(video: HTMLVideoElement | null): Size | null {
  const [size, tell] = useState<Size | null>(null)
  useEffect(() => {
    if (!video) return
    const measure = () => {
      const { videoWidth: width, videoHeight: height } = video
      if (width && height)
        tell(old => (old?.width === width && old.height === height ? old : { width, height }))
    }
    measure()
    video.addEventListener('resize', measure)
    return () => video.removeEventListener('resize', measure)
  }, [video])
  return size
}
