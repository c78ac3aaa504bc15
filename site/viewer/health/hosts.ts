import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { HealthReport } from '../../../worker/live/messages/health.ts'
import type { Live } from '../live/room-store.ts'

/** Keeps what others' pages say of their pictures, for as long as those people are there; only hosts are told. */
export function keepHosts(live: Live): {
  reports: ReadonlySignal<ReadonlyMap<string, HealthReport>>
  close(): void
} {
  const reports = signal<ReadonlyMap<string, HealthReport>>(new Map())
  const off = live.on('health', ({ type: _, of, ...report }) => {
    reports.value = new Map(reports.peek()).set(of, report)
  })
  const forget = effect(() => {
    const here = new Set(live.people.value.map(({ id }) => id))
    const left = [...reports.peek().keys()].filter(id => !here.has(id))
    if (left.length) reports.value = new Map([...reports.peek()].filter(([id]) => here.has(id)))
  })
  return {
    reports,
    close() {
      off()
      forget()
    },
  }
}
