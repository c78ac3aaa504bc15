import { signal } from '@preact/signals'
import { type KeyGroup, keys } from './commands.ts'

const KEY = 'sightline keys off'

function kept(): ReadonlySet<KeyGroup> {
  try {
    const listed = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return new Set(keys.map(key => key.what).filter(what => Array.isArray(listed) && listed.includes(what)))
  } catch {
    return new Set()
  }
}

/** The keys that this viewer turned off: a preference of the device, so it outlives the tab. */
export const keysOff = signal(kept())

export function turnKey(what: KeyGroup, on: boolean): void {
  const off = new Set(keysOff.value)
  if (on) off.delete(what)
  else off.add(what)
  keysOff.value = off
  try {
    localStorage.setItem(KEY, JSON.stringify([...off]))
  } catch {
    // Without storage it holds as long as the page does.
  }
}
