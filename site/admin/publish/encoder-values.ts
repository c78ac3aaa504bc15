import type { Ingest } from '../api/client.ts'
import { t } from '../text.ts'

export const protocols = ['rtmp', 'srt', 'whip'] as const
export type Protocol = (typeof protocols)[number]

/** One line to type into an encoder. `secret` ones carry the ingest key and stay covered until asked for. */
export interface EncoderValue {
  label: string
  value: string
  secret: boolean
  /** Nothing to copy: it says what to choose or to leave empty. */
  plain: boolean
}

/**
 * The ingest addresses as OBS asks for them (Settings → Stream). SRT and WHIP carry the key in the address, so that
 * the stream key stays empty; OBS has WHIP since version 30.
 */
export function encoderValues(ingest: Ingest, protocol: Protocol): EncoderValue[] {
  const p = t.publish
  const choose = (value: string): EncoderValue => ({ label: p.service, value, secret: false, plain: true })
  const empty = (label: string): EncoderValue => ({ label, value: p.leaveEmpty, secret: false, plain: true })
  const value = (label: string, text: string, secret: boolean): EncoderValue => ({
    label,
    value: text,
    secret,
    plain: false,
  })
  switch (protocol) {
    case 'rtmp':
      return [
        choose(p.custom),
        value(p.server, ingest.rtmp.server, false),
        value(p.streamKey, ingest.rtmp.key, true),
      ]
    case 'srt':
      return [
        choose(p.custom),
        value(p.server, ingest.srt.url, true),
        empty(p.streamKey),
        value(p.streamId, ingest.srt.streamId, true),
      ]
    case 'whip':
      return [choose(p.whip), value(p.server, ingest.whip.url, true), empty(p.bearerToken)]
  }
}
