import type { DemoOriginOptions } from './origin.ts'

/** The variables of the demonstration origin's own process. README.md describes them. */
export type DemoEnvironment = Readonly<Record<string, string | undefined>>

/** Reads the environment. Throws a sentence that names every variable that is missing or wrong. */
export function readEnvironment(env: DemoEnvironment): DemoOriginOptions {
  const problems: string[] = []
  const required = (name: string): string => {
    const value = env[name]
    if (!value) problems.push(`${name} is missing`)
    return value ?? ''
  }
  const port = (name: string): number | undefined => {
    const value = env[name]
    if (!value) return undefined
    const number = Number(value)
    if (!/^\d{1,5}$/.test(value) || number > 65_535) problems.push(`${name} must be a port from 0 to 65535`)
    return number
  }
  const mediaPort = port('DEMO_PORT')
  const apiPort = port('DEMO_API_PORT')
  const options: DemoOriginOptions = {
    controlUrl: required('CONTROL_URL'),
    webhookSecret: required('WEBHOOK_SECRET'),
    apiToken: required('API_TOKEN'),
    ...(env.DEMO_HOST ? { host: env.DEMO_HOST } : {}),
    ...(mediaPort === undefined ? {} : { mediaPort }),
    ...(apiPort === undefined ? {} : { apiPort }),
    ...(env.ALERT_URL ? { alertUrl: env.ALERT_URL } : {}),
    ...(env.DEMO_CLIP_DIR ? { clipDir: env.DEMO_CLIP_DIR } : {}),
  }
  if (problems.length > 0) throw new Error(`The demonstration origin cannot start: ${problems.join('; ')}.`)
  return options
}
