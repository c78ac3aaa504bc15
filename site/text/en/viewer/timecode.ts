import type { Rate } from '../../../../timecode/rate.ts'
import type { TimecodeFault } from '../../../../timecode/timecode.ts'

/** The timecode beside the sound, and the form in which a host sets it. */
export const timecode = {
  label: 'Timecode',
  fps: (rate: string) => `${rate} fps`,
  fromStream: 'from the stream',
  change: (rate: string) => `Timecode, ${rate} frames a second. Set it`,
  set: 'Set timecode',
  rates: {
    '23.976': '23.976',
    '24': '24',
    '25': '25',
    '29.97': '29.97 non-drop',
    '29.97df': '29.97 drop',
    '30': '30',
    '50': '50',
    '59.94': '59.94 non-drop',
    '59.94df': '59.94 drop',
    '60': '60',
  } satisfies Record<Rate, string>,
  form: {
    says: 'Type a timecode that is about to come, and press Enter when the picture shows it. Your own delay is taken off.',
    streamed: 'This stream carries its own timecode, which is shown instead.',
    timecode: 'Timecode',
    rate: 'Frames a second',
    send: 'Set at this instant',
    pause: 'Pause',
    goOn: 'Go on',
    earlier: 'One frame less',
    later: 'One frame more',
    clear: 'Take away',
    done: 'The timecode is set.',
    cleared: 'The room has no timecode any more.',
    faults: {
      form: 'A timecode has hours, minutes, seconds and frames: 01:00:00:00.',
      separator: 'A semicolon stands only in drop-frame timecode.',
      hours: 'A day has hours 00 to 23.',
      minutes: 'An hour has minutes 00 to 59.',
      seconds: 'A minute has seconds 00 to 59.',
      frames: 'A second has fewer frames at this rate.',
      dropped: 'Drop-frame counting leaves this one out. The next is two or four frames later.',
    } satisfies Record<TimecodeFault, string>,
  },
}
