import { signal } from '@preact/signals'

const KEY = 'sightline knock sound'

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** Whether a knock is heard: a preference of the device, so it outlives the tab. */
export const knockSound = signal(kept())

export function turnKnockSound(on: boolean): void {
  knockSound.value = on
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // Without storage it holds as long as the page does.
  }
}
