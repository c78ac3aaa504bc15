import { useEffect, useRef, useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import { t } from '../text.ts'
import { announce } from './announce.tsx'

/** How long “Copied” stays, in ms. */
const SHOWN = 2500

export type CopyState = 'idle' | 'copied' | 'failed'

/** Copying with a confirmation that is seen and heard. `what` names it in the announcement. */
export function useCopy(): { state: CopyState; copy: (text: string, what: string) => Promise<void> } {
  const [state, setState] = useState<CopyState>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  async function copy(text: string, what: string) {
    const done = await copyText(text)
    setState(done ? 'copied' : 'failed')
    announce(done ? t.copy.done(what) : t.copy.failed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState('idle'), SHOWN)
  }
  return { state, copy }
}
