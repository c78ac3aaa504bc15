/** Counters of this process (or isolate), in Prometheus' text format. No label carries a name, an address or an id. */
export interface Metrics {
  request(route: string, status: number, ms: number): void
  admission(what: string, allowed: boolean): void
  failure(what: string): void
  text(): string
}

/** Upper bounds in seconds of the request histogram. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** One route's requests: counts by bucket (the last is +Inf), by status, and the sum of seconds. */
interface RouteFigures {
  buckets: number[]
  statuses: Map<number, number>
  seconds: number
}

export function createMetrics(): Metrics {
  const admissions = new Map<string, number>()
  const failures = new Map<string, number>()
  const routes = new Map<string, RouteFigures>()
  return {
    request(route, status, ms) {
      let figures = routes.get(route)
      if (!figures) {
        figures = { buckets: Array(BUCKETS.length + 1).fill(0), statuses: new Map(), seconds: 0 }
        routes.set(route, figures)
      }
      const seconds = ms / 1000
      const bucket = BUCKETS.findIndex(le => seconds <= le)
      figures.buckets[bucket < 0 ? BUCKETS.length : bucket]!++
      figures.statuses.set(status, (figures.statuses.get(status) ?? 0) + 1)
      figures.seconds += seconds
    },
    admission: (what, allowed) => {
      const [direction = '', protocol = '', status = ''] = what.split(' ')
      count(
        admissions,
        `direction="${direction}",protocol="${protocol}",status="${status}",allowed="${allowed}"`,
      )
    },
    failure: what => count(failures, `what="${what}"`),
    text: () =>
      [
        '# TYPE sightline_requests_total counter',
        ...[...routes].flatMap(([route, { statuses }]) =>
          [...statuses].map(
            ([status, n]) => `sightline_requests_total{route="${route}",status="${status}"} ${n}`,
          ),
        ),
        '# TYPE sightline_request_seconds histogram',
        ...[...routes].flatMap(([route, figures]) => histogram(route, figures)),
        '# TYPE sightline_admissions_total counter',
        ...[...admissions].map(([labels, n]) => `sightline_admissions_total{${labels}} ${n}`),
        '# TYPE sightline_failures_total counter',
        ...[...failures].map(([labels, n]) => `sightline_failures_total{${labels}} ${n}`),
        '',
      ].join('\n'),
  }
}

const count = (counters: Map<string, number>, labels: string) =>
  counters.set(labels, (counters.get(labels) ?? 0) + 1)

function histogram(route: string, { buckets, seconds }: RouteFigures): string[] {
  let total = 0
  const lines = buckets.map((n, i) => {
    total += n
    return `sightline_request_seconds_bucket{route="${route}",le="${BUCKETS[i] ?? '+Inf'}"} ${total}`
  })
  return [
    ...lines,
    `sightline_request_seconds_count{route="${route}"} ${total}`,
    `sightline_request_seconds_sum{route="${route}"} ${seconds}`,
  ]
}
