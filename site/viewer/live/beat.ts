/**
 * Calls `tick` each second while nobody looks at the page. Browsers then slow a page's own clocks to one tick a minute,
 * and a line that says nothing for 10 s is ended: who waits before the door in a tab behind others would knock once a
 * minute. The clocks of workers go on.
 */
export function beatWhileHidden(tick: () => void): () => void {
  let worker: Worker | null = null
  const changed = () => {
    if (document.visibilityState !== 'hidden') end()
    else worker ??= start(tick)
  }
  function end() {
    worker?.terminate()
    worker = null
  }
  document.addEventListener('visibilitychange', changed)
  changed()
  return () => {
    document.removeEventListener('visibilitychange', changed)
    end()
  }
}

function start(tick: () => void): Worker {
  const worker = new Worker(new URL('./heartbeat.ts', import.meta.url), { type: 'module' })
  worker.onmessage = tick
  return worker
}
