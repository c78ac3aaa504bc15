import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Process groups exist everywhere but on Windows; there a child is ended alone. */
const groups = process.platform !== 'win32'

/** @type {import('node:child_process').ChildProcess | undefined} */
let guard

/**
 * A program running in a process group of its own.
 * @typedef {object} Child
 * @property {number} pid
 * @property {Promise<number>} exited its exit code once it has ended; 128 when a signal ended it
 * @property {(deadlineMs?: number) => Promise<void>} stop asks the group to end, and ends it after the deadline
 * @property {() => void} kill ends the whole group at once
 */

/**
 * Starts a program whose every descendant ends with it, and with us. Lines of both its outputs go to `onLine`.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string, onLine: (line: string) => void }} options
 * @returns {Child}
 */
export function startChild(program, args, { env, cwd, onLine }) {
  const child = spawn(program, args, { env, cwd, detached: groups, stdio: ['ignore', 'pipe', 'pipe'] })
  const pid = child.pid
  const exited = new Promise(resolve => {
    child.once('error', error => {
      onLine(`${program}: ${error.message}`)
      resolve(127)
    })
    child.once('close', code => resolve(code ?? 128))
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
  if (pid === undefined) return { pid: 0, exited, stop: async () => {}, kill: () => {} }

  watch(pid)
  exited.then(() => {
    // Descendants that outlive their leader are of no use to anybody.
    signal(pid, 'SIGKILL')
    forget(pid)
  })
  const kill = () => signal(pid, 'SIGKILL')
  return {
    pid,
    exited,
    kill,
    async stop(deadlineMs = 10_000) {
      signal(pid, 'SIGTERM')
      const timer = setTimeout(kill, deadlineMs)
      await exited
      clearTimeout(timer)
    },
  }
}

/** Lets the guard go; call it when every child has ended. */
export async function releaseGuard() {
  if (!guard || guard.exitCode !== null || guard.signalCode !== null) return
  const ended = once(guard, 'exit')
  guard.ref()
  guard.stdin?.end()
  guard = undefined
  await ended
}

/** @param {number} pid */
function watch(pid) {
  if (!groups) return
  if (!guard) {
    guard = spawn(process.execPath, [fileURLToPath(new URL('guard.mjs', import.meta.url))], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    guard.unref()
    guard.stdin?.on('error', () => {})
  }
  guard.stdin?.write(`${pid}\n`)
}

/** @param {number} pid */
function forget(pid) {
  guard?.stdin?.write(`-${pid}\n`)
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(groups ? -pid : pid, name)
  } catch {
    // It has ended already.
  }
}
