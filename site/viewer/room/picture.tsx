import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Player } from '../../player/player.ts'
import { t } from '../text.ts'

/** Of the stream, in its own pixels. */
export interface Size {
  width: number
  height: number
}

interface PictureProps {
  player: Player | null
  size: Size | null
  /** Nothing has been shown yet: the frame around it is drawn instead. */
  empty: boolean
  /** One pixel of the stream on one pixel of the display. */
  actual: boolean
  /** What people asked to have over it. */
  children?: ComponentChildren
}

/** The picture and nothing else. It takes the largest box that fits, in the shape of the stream. */
export function Picture({ player, size, empty, actual, children }: PictureProps) {
  const figure = useRef<HTMLElement>(null)
  const density = usePixelRatio()

  useEffect(() => {
    if (player && figure.current) figure.current.prepend(player.stage)
  }, [player])

  const style = size
    ? { '--ratio': `${size.width / size.height}`, '--actual': `${size.width / density}px` }
    : undefined
  const kind = `picture${empty ? ' empty' : ''}${actual && size ? ' actual' : ''}`
  return (
    <figure ref={figure} class={kind} style={style} aria-label={t.picture}>
      {children}
    </figure>
  )
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

function usePixelRatio(): number {
  const [ratio, tell] = useState(devicePixelRatio)
  useEffect(() => {
    const changed = () => tell(devicePixelRatio)
    addEventListener('resize', changed)
    return () => removeEventListener('resize', changed)
  }, [])
  return ratio
}
