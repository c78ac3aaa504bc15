/** Sizes in bytes, times in ms. */

/** What one message of the data channel carries: every browser takes that much. */
export const CHUNK = 16 * 1024

/** What is hashed, checked and confirmed at once. */
export const BLOCK = 1024 * 1024

/** Blocks that may be under way: a receiver that writes slowly is not drowned, for a data channel cannot be read slowly. */
export const WINDOW = 8

/** What the browser may hold of unsent data, and below which it is given more. */
export const BUFFER = { full: 1024 * 1024, low: 256 * 1024 }

/** Files of any size a page can keep: on disk in the browser's own folder, or, without one, in memory. */
export const LARGEST = { disk: 2_000_000_000, memory: 500_000_000 }

/** How long an offer waits for an answer. */
export const OFFER_MS = 120_000
/** How long two pages may look for a way to each other. */
export const CONNECT_MS = 30_000
/** How long nothing may arrive. */
export const STALL_MS = 20_000
/** Less than so much within such a time is too slow to go on. */
export const SLOWEST = { bytes: 64 * 1024, ms: 60_000 }
/** How long the last check and the writing to disk may take. */
export const CHECK_MS = 120_000

/** Transfers that run at once; more are not begun. */
export const RUNNING = 4
/** What is over stays to be read, so many of the last. */
export const OVER = 10
/** Offers of one person that are asked about at once, and of all. */
export const ASKED = { each: 2, all: 5 }
/** Offers of one person within a time; what comes beyond is not answered. */
export const OFFERS = { count: 10, ms: 600_000 }
