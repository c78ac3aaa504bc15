import { cleanup } from 'node-datachannel'
import { readEnvironment } from './environment.ts'
import { startDemoOrigin } from './origin.ts'

/** The demonstration origin as a process of its own. Says one line of JSON when it listens, and nothing else. */
async function main(): Promise<void> {
  const origin = await startDemoOrigin(readEnvironment(process.env))
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await origin.close()
    cleanup()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  if (process.env.DEMO_EXIT_WITH_STDIN === '1') process.stdin.on('end', end).on('error', end).resume()
  process.stdout.write(
    `${JSON.stringify({ event: 'listening', media: origin.mediaPort, api: origin.apiPort })}\n`,
  )
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
