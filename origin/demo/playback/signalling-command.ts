/** What a player says over the signalling socket. */
export type Command =
  | { readonly command: 'request_offer' }
  | { readonly command: 'answer'; readonly id: number; readonly sdp: string }
  | { readonly command: 'candidate'; readonly id: number; readonly candidates: readonly Candidate[] }
  | { readonly command: 'stop'; readonly id: number }

export interface Candidate {
  readonly candidate: string
  readonly mid: string
}

/** Reads a message; `undefined` for everything that is not one of the four commands. */
export function readCommand(text: string): Command | undefined {
  const message = parse(text)
  const id = message?.id
  if (message?.command === 'request_offer') return { command: 'request_offer' }
  if (!message || typeof id !== 'number') return undefined
  if (message.command === 'stop') return { command: 'stop', id }
  if (message.command === 'answer') {
    const sdp = isRecord(message.sdp) ? message.sdp.sdp : undefined
    return typeof sdp === 'string' ? { command: 'answer', id, sdp } : undefined
  }
  if (message.command === 'candidate' && Array.isArray(message.candidates)) {
    return { command: 'candidate', id, candidates: message.candidates.flatMap(readCandidate) }
  }
  return undefined
}

function readCandidate(value: unknown): Candidate[] {
  if (!isRecord(value) || typeof value.candidate !== 'string') return []
  const mid = typeof value.sdpMid === 'string' ? value.sdpMid : String(value.sdpMLineIndex ?? 0)
  return [{ candidate: value.candidate, mid }]
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
