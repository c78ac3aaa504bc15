import { signal } from '@preact/signals'

const KEY = 'sightline message sound'

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** Whether a message that nobody sees is heard: a preference of the device, so it outlives the tab. */
export const messageSound = signal(kept())

export function turnMessageSound(on: boolean): void {
  messageSound.value = on
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // Without storage it holds as long as the page does.
  }
}
