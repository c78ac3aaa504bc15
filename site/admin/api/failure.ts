import type { FieldError } from '../../../worker/problem.ts'

/** A call that did not succeed. `status` 0 means that no answer came at all. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    /** Stable, for programs: the server's code, or `unreachable`, or `unreadable`. */
    readonly code: string,
    /** The server's sentence; empty when there is none. */
    readonly detail: string,
    readonly fields: FieldError[] = [],
  ) {
    super(code)
  }

  /** Trying the same again later may help: nothing is wrong with the request. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429
  }
}

/** Anything thrown → an {@link ApiFailure}, so that a page always has something to say. */
export const asFailure = (thrown: unknown): ApiFailure =>
  thrown instanceof ApiFailure ? thrown : new ApiFailure(0, 'unreadable', '')
