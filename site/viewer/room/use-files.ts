import { useEffect, useState } from 'preact/hooks'
import type { ToClient } from '../../../worker/live/protocol.ts'
import type { Live } from '../live/room-store.ts'
import type { Files } from '../transfer/open.ts'

/** When the file with it could not be loaded, in ms. */
const LOAD_AGAIN = 2000

/**
 * What takes and sends files: loaded when the panel is opened, or when somebody says something to this page alone; what
 * they said meanwhile is kept for it. Null until it is here.
 * @param token of the person, as it is now; always the same function
 */
export function useFiles(live: Live, token: () => string, wanted: boolean): Files | null {
  const [files, tell] = useState<Files | null>(null)
  /** Once called for they stay, open panel or not: what is under way goes on. */
  const [called, call] = useState(false)
  const [missed] = useState<Extract<ToClient, { type: 'signal' }>[]>([])

  useEffect(() => {
    if (files) return
    return live.on('signal', signal => {
      missed.push(signal)
      call(true)
    })
  }, [live, files, missed])

  useEffect(() => {
    if (wanted) call(true)
  }, [wanted])

  useEffect(() => {
    if (!called) return
    let opened: Files | null = null
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () =>
      import('../transfer/open.ts').then(
        ({ openFiles }) => {
          if (gone) return
          opened = openFiles(live, token, missed.splice(0))
          tell(opened)
        },
        () => {
          if (!gone) timer = setTimeout(load, LOAD_AGAIN)
        },
      )
    load()
    return () => {
      gone = true
      clearTimeout(timer)
      opened?.stop()
    }
  }, [called, live, token, missed])
  return files
}
