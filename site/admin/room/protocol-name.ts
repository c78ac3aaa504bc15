import { t } from '../text.ts'

/** What people call a protocol; one that has no other name keeps the API's. */
export const protocolName = (protocol: string): string => {
  const name = protocol.toLowerCase()
  return Object.hasOwn(t.protocols, name) ? t.protocols[name as keyof typeof t.protocols] : protocol
}
