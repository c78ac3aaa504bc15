import { safeName, shownType } from './file-name.ts'
import { isOurSdp } from './sdp.ts'

/** Why a transfer stops before its end, as one page tells the other. */
export const stops = ['cancelled', 'connection', 'slow', 'hash', 'storage', 'file', 'protocol'] as const
export type Stop = (typeof stops)[number]

/** Why an offer is not taken. */
export const refusals = ['refused', 'busy', 'too_large'] as const
export type Refusal = (typeof refusals)[number]

/** The file as it is offered. Name and type are somebody else's words, made harmless. */
export interface OfferedFile {
  name: string
  /** Bytes. */
  size: number
  /** Empty when the browser knows none. */
  mime: string
}

/** What two pages tell each other through the room's channel about one transfer. Before `accept` no address is told. */
export type FileSignal =
  | { is: 'offer'; id: string; file: OfferedFile }
  /** `tab`: which of the person's pages took it. */
  | { is: 'accept'; id: string; tab: string }
  /** `limit`: the largest that they could keep, in bytes. */
  | { is: 'refuse'; id: string; why: Refusal; limit?: number }
  | { is: 'stop'; id: string; why: Stop }
  | { is: 'sdp'; id: string; tab: string; type: 'offer' | 'answer'; sdp: string }

/** The largest text that the room's channel passes on, in characters. */
const MAX_DATA = 16 * 1024
/** The largest size that may be claimed at all, in bytes. */
const MAX_SIZE = 2 ** 43

/** What tells these texts from others that pages may send each other one day. */
const KIND = 'file.1'

/** As the room's channel carries it. */
export const writeSignal = (signal: FileSignal): string => JSON.stringify({ kind: KIND, ...signal })

/** What somebody sent, if it is one of these; nothing of it is believed before. Null: not for us. */
export function readSignal(data: unknown): FileSignal | null {
  if (typeof data !== 'string' || data.length > MAX_DATA) return null
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    return null
  }
  if (!isRecord(json) || json.kind !== KIND || !isId(json.id)) return null
  const { id } = json
  switch (json.is) {
    case 'offer': {
      if (!hasOnly(json, 'kind', 'is', 'id', 'file')) return null
      const file = readFile(json.file)
      return file && { is: 'offer', id, file }
    }
    case 'accept':
      return hasOnly(json, 'kind', 'is', 'id', 'tab') && isId(json.tab)
        ? { is: 'accept', id, tab: json.tab }
        : null
    case 'refuse': {
      const { why, limit } = json
      if (!hasOnly(json, 'kind', 'is', 'id', 'why', 'limit') || !isOneOf(refusals, why)) return null
      if (limit === undefined) return { is: 'refuse', id, why }
      return isSize(limit) ? { is: 'refuse', id, why, limit } : null
    }
    case 'stop':
      return hasOnly(json, 'kind', 'is', 'id', 'why') && isOneOf(stops, json.why)
        ? { is: 'stop', id, why: json.why }
        : null
    case 'sdp': {
      const { tab, type, sdp } = json
      if (!hasOnly(json, 'kind', 'is', 'id', 'tab', 'type', 'sdp') || !isId(tab)) return null
      if ((type !== 'offer' && type !== 'answer') || typeof sdp !== 'string' || !isOurSdp(sdp)) return null
      return { is: 'sdp', id, tab, type, sdp }
    }
    default:
      return null
  }
}

function readFile(file: unknown): OfferedFile | null {
  if (!isRecord(file) || !hasOnly(file, 'name', 'size', 'mime')) return null
  const { name, size, mime } = file
  if (typeof name !== 'string' || name.length > 1000 || typeof mime !== 'string' || !isSize(size)) return null
  return { name: safeName(name), size, mime: shownType(mime) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasOnly = (value: Record<string, unknown>, ...keys: string[]): boolean =>
  Object.keys(value).every(key => keys.includes(key))

const isId = (value: unknown): value is string => typeof value === 'string' && /^[a-z2-7]{16}$/.test(value)

const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_SIZE

const isOneOf = <T extends string>(all: readonly T[], value: unknown): value is T => all.includes(value as T)
