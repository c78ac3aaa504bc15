import type { Config, OriginConfig } from '../config.ts'

/** An OvenMediaEngine server as the app knows it. */
export type Origin = OriginConfig

/** The origins of a deployment. Today there is one, from the environment; rooms carry an origin's id already. */
export interface Origins {
  get(id: string): Origin | undefined
  /**
   * The origin behind a webhook path: none named (bare `/v1/admission`) is the first. Answers without the database,
   * because it is asked before a signature is checked.
   */
  forWebhook(id: string | undefined): Origin | undefined
  /** Where a new room goes. */
  usual(): Origin | undefined
  all(): Origin[]
}

export function createOrigins(config: Config): Origins {
  const first = config.origin
  const get = (id: string) => (first && id === first.id ? first : undefined)
  return {
    get,
    forWebhook: id => (id === undefined ? first : get(id)),
    usual: () => first,
    all: () => (first ? [first] : []),
  }
}
