/**
 * What the visible picture shows: `frame` is the number that the demonstration clip carries in its own pixels
 * (origin/demo/clip/README.md), null when none can be read: a camera's picture, or nothing painted yet. One entry each
 * time that number, or the element that shows it, changes. `at` is ms since 1970.
 */
export interface Sight {
  readonly at: number
  /** Which of the page's video elements, counted from 0 as they appear. */
  readonly video: number
  readonly frame: number | null
}

/** A change of the page's `data-state`. */
export interface Turn {
  readonly at: number
  readonly state: string
  readonly reason: string
}

/** Everything the eye has seen since the page was opened. */
export interface Seen {
  readonly sights: readonly Sight[]
  readonly turns: readonly Turn[]
  readonly titles: readonly string[]
  /** Directives of the content security policy that something went against. */
  readonly violations: readonly string[]
}

/** The eye, in the page. */
export interface Eye {
  seen(): Seen
  /** Resolves once so many further frames were presented where the viewer looks. */
  frames(count: number): Promise<void>
}

declare global {
  interface Window {
    readonly journeyEye: Eye
  }
}

/**
 * Watches a page from its first moment. Runs in the page, before everything else there, so it may use nothing from
 * outside of itself.
 */
export function openEye(): void {
  const sights: Sight[] = []
  const turns: Turn[] = []
  const titles = new Set<string>()
  const violations: string[] = []
  const videos: HTMLVideoElement[] = []
  const waiting = new Set<{ left: number; done: () => void }>()
  const now = () => performance.timeOrigin + performance.now()
  const canvas = new OffscreenCanvas(480, 32)
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  let visible: HTMLVideoElement | undefined
  let fresh = false

  /** The topmost one: those beneath it are covered. */
  const look = (): HTMLVideoElement | undefined => {
    const some = document.querySelector('video')?.getBoundingClientRect()
    if (!some?.width) return undefined
    return document
      .elementsFromPoint(some.x + some.width / 2, some.y + some.height / 2)
      .find(element => element instanceof HTMLVideoElement)
  }

  const number = (video: HTMLVideoElement): number | null => {
    const scale = video.videoWidth / 1280
    if (!brush || !scale) return null
    brush.clearRect(0, 0, 480, 32)
    brush.drawImage(video, 784 * scale, 656 * scale, 480 * scale, 32 * scale, 0, 0, 480, 32)
    const { data } = brush.getImageData(0, 16, 480, 1)
    const bits = Array.from({ length: 10 }, (_, i) => (data[(16 + 48 * i) * 4 + 1]! > 127 ? 1 : 0))
    const odd = bits.slice(1).reduce<number>((sum, bit) => sum ^ bit, 0)
    if (bits[0] !== 1 || odd !== 1) return null
    return bits.slice(1, 9).reduce<number>((sum, bit, i) => sum + (bit << i), 0)
  }

  const follow = (video: HTMLVideoElement) => {
    if (videos.includes(video)) return
    videos.push(video)
    const presented = () => {
      video.requestVideoFrameCallback(presented)
      if (video !== visible) return
      fresh = true
      for (const wait of waiting) {
        if (--wait.left > 0) continue
        waiting.delete(wait)
        wait.done()
      }
    }
    video.requestVideoFrameCallback(presented)
  }

  const blink = () => {
    requestAnimationFrame(blink)
    titles.add(document.title)
    for (const video of document.querySelectorAll('video')) follow(video)
    const top = look()
    if (top === visible && !fresh) return
    visible = top
    fresh = false
    if (!top) return
    const [video, frame, last] = [videos.indexOf(top), number(top), sights.at(-1)]
    if (last?.video !== video || last.frame !== frame) sights.push({ at: now(), video, frame })
  }
  requestAnimationFrame(blink)

  new MutationObserver(() => {
    const { state, reason = '' } = document.getElementById('app')?.dataset ?? {}
    const last = turns.at(-1)
    if (state && (last?.state !== state || last.reason !== reason)) turns.push({ at: now(), state, reason })
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-state', 'data-reason'] })
  document.addEventListener('securitypolicyviolation', event => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI}`)
  })

  Object.assign(window, {
    journeyEye: {
      seen: () => ({ sights, turns, titles: [...titles], violations }),
      frames: count => new Promise(done => waiting.add({ left: count, done })),
    } satisfies Eye,
  })
}
