import { readAnswer } from './answer.ts'
import { redirect, type Target, targetOf } from './redirect.ts'
import type { Session } from './session.ts'
import { type EmittedCall, signedPost } from './signed-post.ts'
import { webhookBody } from './webhook.ts'

/** What came of asking. `newUrl` is what a closing of this session must state. */
export type Decision =
  | { readonly allowed: false; readonly reason: string; readonly newUrl: string }
  | { readonly allowed: true; readonly target: Target; readonly newUrl: string; readonly lifetimeMs?: number }

export interface AdmissionOptions {
  readonly controlUrl: string
  readonly secret: string
  readonly timeoutMs: number
  readonly app: string
  readonly log: (call: EmittedCall) => void
}

/** Asks the control plane before anything may be published or played, and tells it afterwards. */
export class Admission {
  readonly #options: AdmissionOptions
  readonly #closings = new Set<Promise<unknown>>()

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /** Asks. The session's URL must name an application and a stream. */
  async opening(session: Session): Promise<Decision> {
    const asked = targetOf(session.url)
    if (!asked) return { allowed: false, reason: 'The URL names no stream', newUrl: session.url }
    const reply = await this.#post(webhookBody(session, { at: Date.now() }))
    const answer = reply
      ? readAnswer(reply.status, reply.body)
      : { allowed: false as const, reason: 'no answer' }
    if (!answer.allowed) return { ...answer, newUrl: session.url }
    const to = redirect(asked, answer.newUrl, this.#options.app)
    if (to.outcome === 'refused') return { allowed: false, reason: to.reason, newUrl: to.url }
    return {
      allowed: true,
      target: to.target,
      newUrl: to.target.url,
      ...(answer.lifetimeMs === undefined ? {} : { lifetimeMs: answer.lifetimeMs }),
    }
  }

  /** Tells. Whatever is answered changes nothing. */
  closing(session: Session, newUrl: string): void {
    const sent = this.#post(webhookBody(session, { at: Date.now(), newUrl }))
    this.#closings.add(sent)
    void sent.then(() => this.#closings.delete(sent))
  }

  /** When every closing has been answered, or has timed out. */
  async settled(): Promise<void> {
    await Promise.all(this.#closings)
  }

  #post(body: string): Promise<EmittedCall['answer']> {
    const { controlUrl: url, secret, timeoutMs, log } = this.#options
    return signedPost({ url, body, secret, timeoutMs, log })
  }
}
