import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Desk } from '../instruments/desk.ts'
import { eachFrame } from './each-frame.ts'
import type { FromWorker, PlotName, ToWorker } from './messages.ts'
import { plots } from './messages.ts'
import { nextAt } from './pace.ts'
import { rememberedOpen } from './remember.ts'

/** Why there are no scopes to see: this browser cannot draw them, or does not let the picture be read. */
export type ScopeFault = 'unsupported' | 'unreadable'

/** The scopes under the picture. */
export interface Scopes {
  /** They are asked for, in this tab also after a reload. */
  readonly open: ReadonlySignal<boolean>
  turn(): void
  readonly fault: ReadonlySignal<ScopeFault | null>
  /** Measures the large picture and draws on these, until it is called off. Each canvas serves once. */
  draw(canvases: Record<PlotName, HTMLCanvasElement>): () => void
}

/** There is no room for scopes on these: a phone. */
const SMALL = '(max-height: 480px), (max-width: 640px) and (orientation: portrait)'

export function createScopes({ video }: Pick<Desk, 'video'>): Scopes {
  const remembered = rememberedOpen()
  const open = signal(remembered.get())
  const fault: Signal<ScopeFault | null> = signal(null)

  function draw(canvases: Record<PlotName, HTMLCanvasElement>): () => void {
    if (!('transferControlToOffscreen' in HTMLCanvasElement.prototype)) {
      fault.value = 'unsupported'
      return () => {}
    }
    fault.value = null
    const worker = new Worker(new URL('./scope-worker.ts', import.meta.url), { type: 'module' })
    const small = matchMedia(SMALL)
    /** When the frame was handed over that the worker has, ms; null = it has none. */
    let sent: number | null = null
    let due = 0

    const sheets = Object.fromEntries(
      plots.map(plot => [plot, canvases[plot].transferControlToOffscreen()]),
    ) as Record<PlotName, OffscreenCanvas>
    const say = (message: ToWorker, things: Transferable[]) => worker.postMessage(message, things)
    say({ type: 'begin', canvases: sheets }, Object.values(sheets))

    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const failed = data.type === 'failed'
      due = nextAt(sent ?? 0, failed ? 1000 / 4 : data.took)
      sent = null
      fault.value = failed ? 'unreadable' : null
    }
    worker.onerror = () => {
      fault.value = 'unsupported'
    }

    async function measure(picture: HTMLVideoElement): Promise<void> {
      const now = performance.now()
      if (sent !== null || now < due || document.hidden || small.matches) return
      const { videoWidth: width, videoHeight: height } = picture
      if (!width || !height || picture.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
      sent = now
      try {
        const frame = 'VideoFrame' in globalThis ? new VideoFrame(picture) : await createImageBitmap(picture)
        say({ type: 'frame', frame, width, height }, [frame])
      } catch {
        due = nextAt(now, 1000 / 4)
        sent = null
        fault.value = 'unreadable'
      }
    }

    const stop = effect(() => {
      const picture = video.value
      return picture ? eachFrame(picture, measure) : undefined
    })
    return () => {
      stop()
      worker.terminate()
    }
  }

  return {
    open,
    turn() {
      open.value = !open.value
      remembered.set(open.value)
    },
    fault,
    draw,
  }
}
