/** Waits so many ms. */
export type Wait = (ms: number) => Promise<void>

/** Runs work after the answer; a failure is logged under `what`, never lost. */
export type After = (what: string, work: () => Promise<unknown>) => void
