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

/** Calls the server as a program outside would. */
export async function call(
  { url }: RunningServer,
  method: string,
  path: string,
  { token, json, headers = {} }: { token?: string; json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const answer = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text }
}
