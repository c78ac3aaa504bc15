import { omeTime } from '../admission/webhook.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import { PUBLISHERS } from '../streams/meter.ts'

/** Current statistics of some streams together, as OME gives them for a virtual host, an application or a stream. */
export function describeStatistics(streams: readonly LiveStream[], createdAt: number) {
  const now = Date.now()
  const received = streams.map(stream => stream.publication.source.received())
  const meters = streams.map(stream => stream.meter)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const latest = (values: readonly number[]) => omeTime(Math.max(createdAt, ...values))
  const seconds = Math.max(1, (now - createdAt) / 1000)
  const totalBytesIn = sum(received.map(({ bytes }) => bytes))
  const totalBytesOut = sum(meters.map(meter => meter.bytesOut))
  const bitsIn = Math.round((totalBytesIn * 8) / seconds)
  const lastRecvTime = latest(received.map(({ lastAt }) => lastAt))
  return {
    avgThroughputIn: bitsIn,
    avgThroughputOut: Math.round((totalBytesOut * 8) / seconds),
    connections: Object.fromEntries(
      PUBLISHERS.map(kind => [kind, sum(meters.map(meter => meter.connections(kind)))]),
    ),
    createdTime: omeTime(createdAt),
    lastRecvTime,
    lastSentTime: latest(meters.map(meter => meter.lastSentAt)),
    // OME gives averages in bits and the last second in bytes.
    lastThroughputIn: Math.round(bitsIn / 8),
    lastThroughputOut: sum(meters.map(meter => meter.lastSecondOut)),
    lastUpdatedTime: lastRecvTime,
    maxThroughputIn: bitsIn,
    maxThroughputOut: sum(meters.map(meter => meter.maxBitsOut)),
    maxTotalConnectionTime: latest(meters.map(meter => meter.maxConnectionsAt)),
    maxTotalConnections: sum(meters.map(meter => meter.maxConnections)),
    totalBytesIn,
    totalBytesOut,
    totalConnections: sum(meters.map(meter => meter.total)),
  }
}
