import { useEffect, useState } from 'preact/hooks'
import type { Size } from './fit.ts'

/**
 * How large the window is in pixels of the display. Browsers that know tell it exactly, also where the page is zoomed or the
 * display scaled by a fraction; of the others, and of one that is told to be another display, it is computed.
 */
export function useDeviceSize(): { device: Size; ratio: number } {
  const [size, setSize] = useState(computed)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize?.[0]
      const about = computed()
      const device = box && { width: box.inlineSize, height: box.blockSize }
      setSize(device && isNear(device, about.device) ? { device, ratio: devicePixelRatio } : about)
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

/** Rounding makes a pixel's difference; more is another display. */
const isNear = (one: Size, other: Size): boolean =>
  Math.abs(one.width - other.width) <= 2 && Math.abs(one.height - other.height) <= 2
