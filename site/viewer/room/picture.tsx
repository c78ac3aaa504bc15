import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Player } from '../../player/player.ts'
import { t } from '../text.ts'
import { useSize } from './use-size.ts'

interface PictureProps {
  player: Player | null
  /** What a screen reader calls it; without one it is the programme. */
  label?: string
  /** Nothing has been shown yet: the frame around it is drawn instead. */
  empty: boolean
  /** One pixel of the stream on one pixel of the display. */
  actual: boolean
  /** What people asked to have over it. */
  children?: ComponentChildren
}

/** The picture and nothing else. It takes the largest box that fits, in the shape of the stream. */
export function Picture({ player, label, empty, actual, children }: PictureProps) {
  const size = useSize(player?.video.value ?? null)
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
    <figure ref={figure} class={kind} style={style} aria-label={label ?? t.picture}>
      {children}
    </figure>
  )
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
