import type { Rgb } from './delta-e.ts'

export interface Patch {
  name: string
  rgb: Rgb
}

/**
 * The 24 colours of the chart, as code values of sRGB, which are those of BT.709: four rows of six. What people look at first
 * (skins, sky, leaves), mixed tones, strong ones, and greys. Every value lies between 12 and 240, so that a wrong range
 * or matrix moves most of them without running into an end, where different faults would look alike.
 */
export const PATCHES: readonly Patch[] = [
  { name: 'deep skin', rgb: [104, 70, 54] },
  { name: 'fair skin', rgb: [212, 166, 144] },
  { name: 'sky', rgb: [92, 132, 178] },
  { name: 'leaf', rgb: [84, 112, 52] },
  { name: 'lilac', rgb: [138, 126, 190] },
  { name: 'sea', rgb: [88, 188, 170] },

  { name: 'rust', rgb: [188, 88, 40] },
  { name: 'dusk', rgb: [64, 76, 150] },
  { name: 'rose', rgb: [196, 88, 112] },
  { name: 'plum', rgb: [86, 48, 100] },
  { name: 'lime', rgb: [166, 196, 70] },
  { name: 'amber', rgb: [228, 170, 52] },

  { name: 'red', rgb: [184, 40, 44] },
  { name: 'green', rgb: [60, 148, 70] },
  { name: 'blue', rgb: [42, 52, 156] },
  { name: 'cyan', rgb: [32, 144, 176] },
  { name: 'magenta', rgb: [190, 72, 150] },
  { name: 'yellow', rgb: [234, 206, 40] },

  { name: 'grey 92', rgb: [235, 235, 235] },
  { name: 'grey 78', rgb: [200, 200, 200] },
  { name: 'grey 63', rgb: [160, 160, 160] },
  { name: 'grey 47', rgb: [120, 120, 120] },
  { name: 'grey 31', rgb: [80, 80, 80] },
  { name: 'grey 16', rgb: [40, 40, 40] },
]
