import * as v from 'valibot'
import { signedBody } from '../admission/webhook.ts'
import { type Call, type Route, route } from '../http/route.ts'

/** What we read of an origin's alert; test/fixtures/ome/webhooks.jsonl has captured ones. */
const Alert = v.object({
  sourceUri: v.pipe(v.string(), v.maxLength(512)),
  messages: v.pipe(
    v.array(v.object({ code: v.pipe(v.string(), v.regex(/^[A-Z_]{1,64}$/)) })),
    v.maxLength(32),
  ),
})

/** Takes an origin's alert into the log. Like admission, a signed call is always answered 200. */
async function take(call: Call<undefined, undefined>): Promise<Response> {
  const { origin, body } = await signedBody(call)
  const read = v.safeParse(Alert, parsed(body))
  if (read.success)
    call.app.log.warn('origin.alert', {
      requestId: call.c.get('requestId'),
      originId: origin.id,
      codes: read.output.messages.map(m => m.code).join(' '),
    })
  else
    call.app.log.warn('origin.alert-unreadable', { requestId: call.c.get('requestId'), originId: origin.id })
  return call.c.json({})
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '')
  } catch {
    // Told apart by the schema, which no undefined passes.
    return undefined
  }
}

const answers = { 200: null, 401: null, 413: null }

export const alertRoutes: Route[] = ['/v1/alerts', '/v1/alerts/:originId'].map(path =>
  route({
    method: 'post',
    path,
    who: 'origin',
    summary: 'OvenMediaEngine Alert notifications',
    answers,
    handle: take,
  }),
)
