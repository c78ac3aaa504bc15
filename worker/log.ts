import type { LogLevel } from './config.ts'

/** Facts of one log line. Never a secret, a token, a query or a whole URL. */
export type LogFields = Record<string, string | number | boolean | null | undefined>

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** A log of JSON lines: `{"time","level","event",…}`. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const at =
    (own: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (ranks[own] >= ranks[level])
        write(JSON.stringify({ time: new Date().toISOString(), level: own, event, ...fields }))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/**
 * An error's kind and message for a log line. Queries are cut out of it, and of addresses also logins and fragments:
 * drivers like to put the whole address into their messages.
 */
export function faultOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text
    .replace(/(:\/\/)[^\s/"'@]*@/g, '$1…@')
    .replace(/(:\/\/[^\s"')#]*)#[^\s"')]*/g, '$1#…')
    .replace(/\?[^\s"')]*/g, '?…')
    .slice(0, 300)
}
