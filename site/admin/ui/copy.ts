import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../text.ts'
import { announce } from './announce.tsx'

/** How long “Copied” stays, in ms. */
const SHOWN = 2500

/**
 * Puts text on the clipboard. Pages on a plain-http address in a local network have no clipboard API; the old command
 * still works there after a press. Answers false when neither does.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByCommand(text)
  }
}

function copyByCommand(text: string): boolean {
  const before = document.activeElement
  const box = document.createElement('textarea')
  box.value = text
  box.readOnly = true
  box.className = 'sr'
  // Inside an open dialog everything outside it is inert and cannot be selected.
  const home = document.querySelector('dialog[open]') ?? document.body
  home.append(box)
  box.select()
  const done = document.execCommand('copy')
  box.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}

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
