import { serveNode } from './serve-node.ts'

await serveNode()
