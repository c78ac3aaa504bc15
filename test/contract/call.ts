import type { RunningServer } from '../runtimes/runtime.ts'

/** The server under test; known only once the tests run. */
export type Server = () => RunningServer

export interface Answer {
  status: number
  headers: Headers
  /** Parsed when it is JSON, else the text. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any shape and says itself what it expects
  body: any
}

export interface Calling {
  token?: string
  json?: unknown
  /** A raw body, instead of `json`. */
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

/** Calls the server as a program outside would. */
export async function call(
  { url }: RunningServer,
  method: string,
  path: string,
  { token, json, body, headers = {} }: Calling = {},
): Promise<Answer> {
  const sent = json === undefined ? body : JSON.stringify(json)
  const answer = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text }
}
