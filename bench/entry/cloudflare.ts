import { LiveRoom, worker } from '../../worker/entry/serve-workers.ts'
import { createBenchServer } from '../server.ts'

export default worker(createBenchServer)

// Cloudflare finds the class of the rooms' live channels by its name.
export { LiveRoom }
