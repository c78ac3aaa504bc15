import { worker } from './serve-workers.ts'

export default worker()
