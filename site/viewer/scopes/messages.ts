/** What page and worker say to each other. */

export const plots = ['waveform', 'parade', 'vectorscope', 'histogram'] as const
export type PlotName = (typeof plots)[number]

/** A frame that is measured is closed there; whoever hands it over has it no more. */
export type ToWorker =
  | { type: 'begin'; canvases: Record<PlotName, OffscreenCanvas> }
  | { type: 'frame'; frame: VideoFrame | ImageBitmap; width: number; height: number }

/** `took`: ms. `failed`: this frame could not be read. */
export type FromWorker = { type: 'drawn'; took: number } | { type: 'failed' }
