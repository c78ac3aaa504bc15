import { useEffect, useState } from 'preact/hooks'
import type { Live } from '../live/room-store.ts'

/** A caption stands for so long unless the next one comes, in ms. */
const SHOWN = 3000

/** What a captioner writes, over the lower edge of the picture: plain and opaque, and for a screen reader as well. */
export function CaptionLine({ live }: { live: Live }) {
  const [text, show] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const off = live.on('caption', caption => {
      clearTimeout(timer)
      show(caption.text)
      timer = setTimeout(() => show(''), SHOWN)
    })
    return () => {
      off()
      clearTimeout(timer)
    }
  }, [live])
  return (
    <div class="caption-place" aria-live="polite">
      {text && (
        <p class="caption-line" dir="auto">
          {text}
        </p>
      )}
    </div>
  )
}
