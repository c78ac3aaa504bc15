/** How often, in ms. */
const EVERY = 1_000

// The clock of a page that nobody looks at: see beat.ts.
setInterval(() => postMessage(null), EVERY)
