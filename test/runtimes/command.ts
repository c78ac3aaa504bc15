import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Runtime } from '../../worker/deps.ts'

/** `npm start` and its siblings as a person runs them. */
export interface Command {
  pid: number
  lines: string[]
  /** Resolves with the first line that matches; rejects when the command ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  signal(name: NodeJS.Signals): void
  exited: Promise<number | null>
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The same by way of npm, with npm and a shell between. */
export const runNpmStart = (env: Record<string, string>): Command => run('npm', ['start'], env)

/** Runs the start command with nothing of this process's environment but what programs need to run. */
export const runStart = (runtime: Runtime, env: Record<string, string>): Command =>
  run(process.execPath, ['scripts/start.mjs', runtime], env)

function run(program: string, args: string[], env: Record<string, string>): Command {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const changed = () => {
    for (const look of waiting) look()
  }
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', line => {
      lines.push(line)
      changed()
    })
  let ended = false
  const exited = once(child, 'close').then(([code]) => {
    ended = true
    changed()
    return code as number | null
  })
  return {
    pid: child.pid!,
    lines,
    exited,
    signal: name => void child.kill(name),
    line: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.map(line => pattern.exec(line)).find(Boolean)
          if (!found && !ended) return
          waiting.delete(look)
          if (found) resolve(found)
          else reject(new Error(`It ended without ${pattern}:\n${lines.join('\n')}`))
        }
        waiting.add(look)
        look()
      }),
  }
}
