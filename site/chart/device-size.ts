import { useEffect, useState } from 'preact/hooks'
import type { Size } from './fit.ts'

/**
 * How large the window is in pixels of the display. Browsers that know tell it exactly, also where the page is zoomed or the
 * display scaled by a fraction; of the others it is computed.
 */
export function useDeviceSize(): { device: Size; ratio: number } {
  const [size, setSize] = useState(computed)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize?.[0]
      setSize(
        box
          ? { device: { width: box.inlineSize, height: box.blockSize }, ratio: devicePixelRatio }
          : computed(),
      )
    })
    const root = document.documentElement
    try {
      observer.observe(root, { box: 'device-pixel-content-box' })
    } catch {
      observer.observe(root)
    }
    return () => observer.disconnect()
  }, [])
  return size
}

const computed = () => ({
  device: {
    width: Math.round(innerWidth * devicePixelRatio),
    height: Math.round(innerHeight * devicePixelRatio),
  },
  ratio: devicePixelRatio,
})
