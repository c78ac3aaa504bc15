import { serveDeno } from './serve-deno.ts'

await serveDeno()
