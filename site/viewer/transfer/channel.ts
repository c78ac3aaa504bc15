import type { FromReceiver, FromSender } from './control.ts'

/** What sending and receiving need of an `RTCDataChannel`. Its `binaryType` is `arraybuffer`. */
export type Channel = Pick<RTCDataChannel, 'bufferedAmount' | 'bufferedAmountLowThreshold'> & {
  send(data: string | Uint8Array<ArrayBuffer>): void
  onmessage: ((event: MessageEvent) => void) | null
  onbufferedamountlow: ((event: Event) => void) | null
}

/** Says something; that the channel is closed is found out, and told, elsewhere. */
export function tell(channel: Channel, what: FromSender | FromReceiver): void {
  try {
    channel.send(JSON.stringify(what))
  } catch {}
}
