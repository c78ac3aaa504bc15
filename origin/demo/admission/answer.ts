/** A timer of Node that is set for longer than this (24.8 days in ms) fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** What a control plane said, as OME understands it. */
export type Answer =
  | { readonly allowed: false; readonly reason: string }
  | { readonly allowed: true; readonly newUrl?: string; readonly lifetimeMs?: number }

const refused = (reason: string): Answer => ({ allowed: false, reason })

/**
 * Reads an answer as strictly and as loosely as OME does: only status 200 with the JSON boolean `true` admits. A
 * lifetime that is not a positive integer of ms is silently no lifetime at all.
 */
export function readAnswer(status: number, body: string): Answer {
  if (status !== 200) return refused(`status ${status}`)
  const answer = parse(body)
  if (answer === undefined) return refused('not a JSON object')
  if (answer.allowed !== true)
    return refused(typeof answer.reason === 'string' ? answer.reason : 'not allowed')
  const { lifetime, new_url: newUrl } = answer
  return {
    allowed: true,
    ...(typeof newUrl === 'string' && newUrl !== '' ? { newUrl } : {}),
    ...(Number.isInteger(lifetime) && (lifetime as number) > 0
      ? { lifetimeMs: Math.min(lifetime as number, LONGEST_TIMER) }
      : {}),
  }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
