import { worker } from '../../worker/entry/serve-workers.ts'
import { createBenchServer } from '../server.ts'

export default worker(createBenchServer)
