import { LiveRoom, worker } from './serve-workers.ts'

export default worker()

// Cloudflare finds the class of the rooms' live channels by its name.
export { LiveRoom }
