import { readFileSync } from 'node:fs'

/** A webhook as a real OvenMediaEngine sent it (secret 1234), and what it was answered. */
export interface Captured {
  name: string
  path: '/admission' | '/alert'
  headers: Record<string, string>
  body: string
}

const lines = (file: string): unknown[] =>
  readFileSync(new URL(`../fixtures/ome/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

/** All captured webhooks, in their order. */
export const capturedWebhooks = lines('webhooks.jsonl') as Captured[]

/** A captured REST exchange. */
export interface CapturedCall {
  name: string
  request: { method: string; path: string; body: unknown }
  response: { status: number; body: unknown }
}

/** All captured REST exchanges, in their order. */
export const capturedCalls = lines('rest.jsonl') as CapturedCall[]

/** The body that OvenMediaEngine gave to the call of that name. */
export function capturedAnswer(name: string): CapturedCall['response'] {
  const found = capturedCalls.find(call => call.name === name)
  if (!found) throw new Error(`no captured call ${name}`)
  return found.response
}
