import { serveNode } from '../../worker/entry/serve-node.ts'
import { createBenchServer } from '../server.ts'

await serveNode(createBenchServer)
