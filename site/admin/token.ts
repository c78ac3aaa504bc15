/** The token of a printed admin address, `/admin#token=…`; null when the fragment carries none. */
export function tokenFromFragment(fragment: string): string | null {
  const match = /^#?(?:.*&)?token=([^&]+)/.exec(fragment)
  if (!match?.[1]) return null
  try {
    return decodeURIComponent(match[1]).trim() || null
  } catch {
    return null
  }
}

/** What somebody pasted into the token's field: the token, or the whole printed address. */
export const tokenFromTyping = (typed: string): string => {
  const at = typed.indexOf('#')
  return (at >= 0 ? tokenFromFragment(typed.slice(at)) : null) ?? typed.trim()
}

/** Whether it can be a bearer token at all; anything else is not worth asking the server about (RFC 6750, b64token). */
export const isToken = (text: string): boolean => /^[\w.~+/-]+=*$/.test(text)
