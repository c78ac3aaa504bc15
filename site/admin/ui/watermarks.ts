import type { Room } from '../api/client.ts'
import { t } from '../text.ts'

export type WatermarkMode = Room['watermark']

export const watermarkModes: readonly WatermarkMode[] = ['off', 'corner', 'tiled']

/** For a room, which has one; or for what may leave it to what is above: empty. */
export const watermarkChoices = (above: string | null) => [
  ...(above === null ? [] : [{ value: '', word: above }]),
  ...watermarkModes.map(value => ({ value, word: t.watermark.modes[value] })),
]
