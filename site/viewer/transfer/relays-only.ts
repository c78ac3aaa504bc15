/**
 * A description in which no address but relays' is left: ways that lead through no relay are taken out, and of the others
 * the address that the relay sees.
 */
export const relaysOnly = (sdp: string): string =>
  sdp
    .split('\r\n')
    .filter(line => !line.startsWith('a=candidate:') || / typ relay( |$)/.test(line))
    .map(line =>
      line.startsWith('a=candidate:') ? line.replace(/ raddr \S+ rport \d+/, ' raddr 0.0.0.0 rport 0') : line,
    )
    .join('\r\n')
