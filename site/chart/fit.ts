/** A size in pixels. */
export interface Size {
  width: number
  height: number
}

/** What the chart is drawn as: as the window is, or one size whatever the window. */
export type Choice = 'window' | '1280x720' | '1920x1080' | '3840x2160'

export interface Fit {
  /** Pixels of the chart as drawn. */
  chart: Size
  /** What it is on screen, in CSS pixels. */
  css: Size
  /** How much the screen scales it; 1 = each pixel of the chart is one of the display's. */
  scale: number
  /** It leaves some of the window free. */
  smaller: boolean
}

/** Between these ratios of width to height a window is filled whole; in others, a chart of 16:9 is put into it. */
const WIDEST = 2.4
const NARROWEST = 1.25

export const sizeOf = (choice: Exclude<Choice, 'window'>): Size => {
  const [width, height] = choice.split('x').map(Number) as [number, number]
  return { width, height }
}

/**
 * How large the chart is and how it lies in the window. A chart that is no larger than the window is shown pixel for
 * pixel; a larger one is made smaller by the browser, and then its pixels are not exact.
 * @param device the window in pixels of the display @param ratio pixels of the display to one of CSS
 */
export function fitInto(choice: Choice, device: Size, ratio: number): Fit {
  const chart = choice === 'window' ? within(device) : sizeOf(choice)
  const scale = Math.min(1, device.width / chart.width, device.height / chart.height)
  return {
    chart,
    css: { width: (chart.width * scale) / ratio, height: (chart.height * scale) / ratio },
    scale,
    smaller: scale === 1 && (chart.width < device.width || chart.height < device.height),
  }
}

function within({ width, height }: Size): Size {
  const is = width / height
  if (is <= WIDEST && is >= NARROWEST) return { width, height }
  const widest = Math.min(width, Math.floor((height * 16) / 9))
  return { width: widest, height: Math.min(height, Math.round((widest * 9) / 16)) }
}
