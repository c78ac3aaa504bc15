/** Counters of this process (or isolate), in Prometheus' text format. No label carries a name, an address or an id. */
export interface Metrics {
  request(route: string, status: number, ms: number): void
  admission(what: string, allowed: boolean): void
  failure(what: string): void
  text(): string
}

/** Upper bounds in seconds of the request histogram. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export function createMetrics(): Metrics {
  const counters = new Map<string, number>()
  const add = (series: string, by = 1) => counters.set(series, (counters.get(series) ?? 0) + by)
  return {
    request(route, status, ms) {
      add(`sightline_requests_total{route="${route}",status="${status}"}`)
      const seconds = ms / 1000
      for (const le of BUCKETS)
        if (seconds <= le) add(`sightline_request_seconds_bucket{route="${route}",le="${le}"}`)
      add(`sightline_request_seconds_bucket{route="${route}",le="+Inf"}`)
      add(`sightline_request_seconds_count{route="${route}"}`)
      add(`sightline_request_seconds_sum{route="${route}"}`, seconds)
    },
    admission: (what, allowed) => {
      const [direction = '', protocol = '', status = ''] = what.split(' ')
      add(
        `sightline_admissions_total{direction="${direction}",protocol="${protocol}",status="${status}",allowed="${allowed}"}`,
      )
    },
    failure: what => add(`sightline_failures_total{what="${what}"}`),
    text: () =>
      [
        '# TYPE sightline_requests_total counter',
        '# TYPE sightline_request_seconds histogram',
        '# TYPE sightline_admissions_total counter',
        '# TYPE sightline_failures_total counter',
        ...[...counters].map(([series, n]) => `${series} ${n}`).sort(),
        '',
      ].join('\n'),
  }
}
