import type { displayCheck } from '../../text/en.ts'

export type Advice = Exclude<keyof typeof displayCheck.advice, 'title'>

/** What a browser tells of its device. */
export interface Hints {
  userAgent: string
  /** Fingers at once; an iPad says that it is a Mac with several. */
  maxTouchPoints: number
}

type Device = 'ipad' | 'iphone' | 'mac' | 'windows' | 'android' | 'tv' | 'other'

const advice: Record<Device, readonly Advice[]> = {
  ipad: ['reference', 'trueTone', 'nightShift', 'autoBrightness'],
  iphone: ['trueTone', 'nightShift', 'autoBrightness'],
  mac: ['macProfile', 'macTone'],
  windows: ['windowsHdr', 'windowsNight', 'windowsRange'],
  android: ['androidColour', 'androidNight'],
  tv: ['tvMode', 'tvRange'],
  other: ['profile', 'night'],
}

/** What is worth looking at on a device, most important first. A guess: browsers say little, and some of it is not true. */
export const adviceFor = (hints: Hints): readonly Advice[] => [...advice[deviceOf(hints)], 'brightness']

export function deviceOf({ userAgent, maxTouchPoints }: Hints): Device {
  if (/\b(?:smart-?tv|appletv|googletv|hbbtv|web0s|tizen|bravia|aft[a-z]\b|crkey)/i.test(userAgent))
    return 'tv'
  if (/\biPad\b/.test(userAgent)) return 'ipad'
  if (/\biPhone\b|\biPod\b/.test(userAgent)) return 'iphone'
  if (/\bAndroid\b/.test(userAgent)) return 'android'
  if (/\bMacintosh\b/.test(userAgent)) return maxTouchPoints > 1 ? 'ipad' : 'mac'
  if (/\bWindows\b/.test(userAgent)) return 'windows'
  return 'other'
}
