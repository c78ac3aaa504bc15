import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('what was counted, each kind in one group under its type', () => {
  const metrics = createMetrics()
  metrics.failure('outbox.drain')
  metrics.request('/api/rooms/:id', 200, 7)
  metrics.admission('outgoing webrtc opening', true)
  metrics.request('/api/rooms/:id', 200, 2_600)
  metrics.admission('unreadable', false)
  metrics.request('/api/rooms/:id', 404, 5)
  metrics.request('/healthz', 200, 0)
  metrics.admission('outgoing webrtc opening', true)
  const buckets = (route: string, counts: number[]) =>
    ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf'].map(
      (le, i) => `sightline_request_seconds_bucket{route="${route}",le="${le}"} ${counts[i]}`,
    )
  expect(metrics.text().split('\n')).toEqual([
    '# TYPE sightline_requests_total counter',
    'sightline_requests_total{route="/api/rooms/:id",status="200"} 2',
    'sightline_requests_total{route="/api/rooms/:id",status="404"} 1',
    'sightline_requests_total{route="/healthz",status="200"} 1',
    '# TYPE sightline_request_seconds histogram',
    ...buckets('/api/rooms/:id', [1, 2, 2, 2, 2, 2, 2, 2, 2, 3]),
    'sightline_request_seconds_count{route="/api/rooms/:id"} 3',
    `sightline_request_seconds_sum{route="/api/rooms/:id"} ${0.007 + 2.6 + 0.005}`,
    ...buckets('/healthz', Array(10).fill(1)),
    'sightline_request_seconds_count{route="/healthz"} 1',
    'sightline_request_seconds_sum{route="/healthz"} 0',
    '# TYPE sightline_admissions_total counter',
    'sightline_admissions_total{direction="outgoing",protocol="webrtc",status="opening",allowed="true"} 2',
    'sightline_admissions_total{direction="unreadable",protocol="",status="",allowed="false"} 1',
    '# TYPE sightline_failures_total counter',
    'sightline_failures_total{what="outbox.drain"} 1',
    '',
  ])
})

test('nothing counted yet is still a text', () => {
  expect(createMetrics().text()).toMatch(/^(# TYPE \w+ (counter|histogram)\n)+$/)
})
