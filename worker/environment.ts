export type Environment = Record<string, string | undefined>

/**
 * Readers of environment variables. An empty variable is an absent one. A wrong one adds a line to `problems`, which
 * names the variable and never shows its value, and reads as its usual value.
 */
export function readersOf(env: Environment, problems: string[]) {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined

  /** A list with commas between its items. */
  function list(name: string, isOne: (item: string) => boolean, what: string): string[] {
    const items = (text(name) ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(Boolean)
    if (!items.every(isOne)) problems.push(`${name} must list ${what}, separated by commas.`)
    return items
  }

  function matching(name: string, usual: string, form: RegExp, what: string): string {
    const raw = text(name) ?? usual
    if (!form.test(raw)) problems.push(`${name} must be ${what}.`)
    return raw
  }

  function whole(name: string, usual: number, min: number, max: number): number {
    const raw = text(name)
    if (raw === undefined) return usual
    const n = Number(raw)
    if (/^\d+$/.test(raw) && n >= min && n <= max) return n
    problems.push(`${name} must be a whole number from ${min} to ${max}.`)
    return usual
  }

  function choice<T extends string>(name: string, usual: T, choices: readonly T[]): T {
    const raw = text(name)
    if (raw === undefined) return usual
    const chosen = choices.find(c => c === raw)
    if (chosen === undefined) problems.push(`${name} must be one of ${choices.join(', ')}.`)
    return chosen ?? usual
  }

  const flag = (name: string, usual: boolean): boolean =>
    choice(name, usual ? 'true' : 'false', ['true', 'false']) === 'true'

  /** An address in its normal spelling without a trailing slash. */
  function address(name: string, schemes: readonly string[]): string | undefined {
    const raw = text(name)
    if (raw === undefined) return undefined
    const url = parseUrl(raw)
    if (url && schemes.includes(url.protocol) && !/[?#@]/.test(raw)) return url.href.replace(/\/+$/, '')
    problems.push(
      `${name} must be a ${schemes.map(s => `${s}//`).join(' or ')} address without query or login.`,
    )
    return undefined
  }

  return { text, list, matching, whole, choice, flag, address }
}

export const parseUrl = (raw: string): URL | undefined => (URL.canParse(raw) ? new URL(raw) : undefined)

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/** Whether a URL's host names this machine wherever it is asked: no name server can make it another's, or another's it. */
export const isLocalName = (host: string): boolean => isLoopback(host) || host.endsWith('.localhost')

export const isLocalUrl = (url: string): boolean => isLoopback(parseUrl(url)?.hostname ?? '')
