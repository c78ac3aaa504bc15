import { useState } from 'preact/hooks'
import { Bar } from './bar.tsx'
import type { ServerClock } from './clock.ts'
import { useDeviceSize } from './device-size.ts'
import { download } from './download.ts'
import { type Choice, fitInto } from './fit.ts'
import { sayClock, sayPixels } from './say.ts'
import { Sheet } from './sheet.tsx'
import { useAwake } from './use-awake.ts'
import { useFullScreen } from './use-full-screen.ts'

/** The chart, and nothing else until somebody moves a pointer. */
export function App({ clock }: { clock: ServerClock }) {
  const [choice, choose] = useState<Choice>('window')
  const { device, ratio } = useDeviceSize()
  const full = useFullScreen()
  const awake = useAwake()
  const fits = fitInto(choice, device, ratio)
  const state = clock.state.value
  const said = sayClock(state)
  return (
    <main class={awake ? 'chart-page awake' : 'chart-page'}>
      <Sheet fit={fits} clock={clock} said={said.words} />
      <Bar
        shown={awake}
        said={[said, sayPixels(fits)]}
        choice={choice}
        choose={choose}
        download={() => void download(fits.chart, 'chartId' in state ? state.chartId : 0)}
        full={full}
      />
    </main>
  )
}
