import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What the processes that we started hold and have used; undefined where there is no /proc. */
export interface Usage {
  /** Memory that is there, in bytes (RSS). */
  memory: number
  /** Time that the processors worked for them, in ms. */
  worked: number
}

/** The kernel counts time in hundredths of a second, on every machine. */
const TICK_MS = 10

/** All our descendants together: wrangler runs a Worker in a process of its own. */
export function usageOfChildren(): Usage | undefined {
  if (process.platform !== 'linux') return undefined
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  const ours = new Set([String(process.pid)])
  // A parent has no higher number than its child, but for the rare case that numbers begin again.
  const children = list.filter(([pid, ppid, , name]) => {
    if (!ours.has(ppid!) || name === 'ps') return false
    ours.add(pid!)
    return true
  })
  return {
    memory: children.reduce((sum, [, , kib]) => sum + Number(kib) * 1024, 0),
    worked: children.reduce((sum, [pid]) => sum + workedOf(pid!), 0),
  }
}

function workedOf(pid: string): number {
  // Behind the name, which may hold anything: user and system time are the 12th and 13th field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
