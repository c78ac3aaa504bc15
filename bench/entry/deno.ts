import { serveDeno } from '../../worker/entry/serve-deno.ts'
import { createBenchServer } from '../server.ts'

await serveDeno(createBenchServer)
