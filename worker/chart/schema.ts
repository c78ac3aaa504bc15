import * as v from 'valibot'

/** A link that opens the page with the chart of a room. */
export const ChartLink = v.object({
  /** The token is in the fragment, which no server sees. */
  url: v.string(),
  expiresAt: v.string(),
})
export type ChartLink = v.InferOutput<typeof ChartLink>

/** What the page draws into the strip. */
export const ChartAnswer = v.object({
  /** The room's, 1–65535. */
  chartId: v.number(),
  /** Server time, ms since 1970. */
  now: v.number(),
})
export type ChartAnswer = v.InferOutput<typeof ChartAnswer>

export const ClockAnswer = v.object({
  /** Server time, ms since 1970. */
  now: v.number(),
})
export type ClockAnswer = v.InferOutput<typeof ClockAnswer>
