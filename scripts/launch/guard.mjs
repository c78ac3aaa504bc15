/**
 * Ends the process groups named on its standard input (one id a line; `-ID` forgets one) once that input closes.
 * It closes however the starter ends, `kill -9` included, so nothing the starter began is ever left behind.
 */
import { setTimeout as wait } from 'node:timers/promises'

const GRACE_MS = 2_000
const groups = new Set()

// A service manager signals every process it finds; our work begins when the starter is gone.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {})

let rest = ''
process.stdin.setEncoding('utf8')
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const id = Number(line)
    if (id > 0) groups.add(id)
    else groups.delete(-id)
  }
}
if (groups.size) {
  for (const id of groups) signal(id, 'SIGTERM')
  await wait(GRACE_MS)
  for (const id of groups) signal(id, 'SIGKILL')
}

/**
 * @param {number} group
 * @param {NodeJS.Signals} name
 */
function signal(group, name) {
  try {
    process.kill(-group, name)
  } catch {
    // The group is gone, which is the aim.
  }
}
