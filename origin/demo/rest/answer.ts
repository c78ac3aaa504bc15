import { timingSafeEqual } from 'node:crypto'

/** An answer of the API port: always JSON. */
export interface ApiAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** OME's form of success; a list, an object, or nothing. */
export function ok(response?: unknown): ApiAnswer {
  return {
    status: 200,
    body: { message: 'OK', ...(response === undefined ? {} : { response }), statusCode: 200 },
  }
}

/** OME's form of failure. */
export function failure(status: number, message: string): ApiAnswer {
  return { status, body: { message: `[HTTP] ${message} (${status})`, statusCode: status } }
}

/** What OME answers to everything it has no handler for, whatever the method. */
export const NO_CONTROLLER = failure(404, 'Controller not found')

/** Checks `Authorization: Basic base64(<token>)`; `undefined` when it is right. */
export function refuseCredential(header: string | undefined, token: string): ApiAnswer | undefined {
  if (header === undefined) return failure(401, 'Authorization header is required to call API')
  const [given, right] = [Buffer.from(header), Buffer.from(`Basic ${Buffer.from(token).toString('base64')}`)]
  const same = given.length === right.length && timingSafeEqual(given, right)
  return same ? undefined : failure(401, 'Invalid credential')
}
