import type { ReadonlySignal } from '@preact/signals'
import { knockSound, turnKnockSound } from '../room/knock-sound.ts'
import { messageSound, turnMessageSound } from '../room/message-sound.ts'
import { offerSetting } from './settings.ts'

function offerSwitch(name: string, is: ReadonlySignal<boolean>, turn: (on: boolean) => void): void {
  offerSetting(name, {
    read: () => is.value,
    write(value) {
      if (typeof value !== 'boolean') return false
      turn(value)
      return true
    },
    reset: () => turn(true),
  })
}

/** The choices of this device that the room itself has. */
export function offerOwnSettings(): void {
  offerSwitch('message-sound', messageSound, turnMessageSound)
  offerSwitch('knock-sound', knockSound, turnKnockSound)
}
