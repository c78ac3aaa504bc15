import { readFileSync } from 'node:fs'

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`../../../test/fixtures/ome/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T)

/** The secret that signs every captured call. */
export const CAPTURED_SECRET = '1234'

/** A call of a real OME to its control plane, and what it was answered. */
export interface CapturedCall {
  readonly name: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly answered: { readonly status: number; readonly body: string; readonly delay_ms: number }
}

/** A call to a real OME's API, and its answer. */
export interface CapturedRest {
  readonly name: string
  readonly request: { readonly method: string; readonly path: string; readonly body: string | null }
  readonly response: { readonly status: number; readonly body: Record<string, unknown> }
}

/** A conversation with a real OME: WebSocket messages (`m`) or HTTP exchanges. */
export interface CapturedSignalling {
  readonly name: string
  readonly transcript: {
    readonly url?: string
    readonly log: readonly {
      readonly dir?: string
      readonly m?: Record<string, unknown>
      readonly request?: { readonly method: string; readonly url: string }
      readonly response?: {
        readonly status: number
        readonly headers: readonly [string, string][]
        readonly body: string
      }
    }[]
  }
}

export const capturedCalls = read<CapturedCall>('webhooks')
export const capturedRest = read<CapturedRest>('rest')
export const capturedSignalling = read<CapturedSignalling>('signalling')

/** The capture of this name, or whose name begins with this number. */
export function capturedCall(name: string): CapturedCall {
  const found = capturedCalls.find(call => call.name === name || call.name.startsWith(`${name}-`))
  if (!found) throw new Error(`No captured call ${name}`)
  return found
}

export function capturedTranscript(name: string): CapturedSignalling['transcript'] {
  const found = capturedSignalling.find(entry => entry.name === name)
  if (!found) throw new Error(`No captured conversation ${name}`)
  return found.transcript
}

export function capturedAnswer(name: string): CapturedRest {
  const found = capturedRest.find(entry => entry.name === name)
  if (!found) throw new Error(`No captured answer ${name}`)
  return found
}
