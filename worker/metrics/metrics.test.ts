import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('what was counted, in the text format', () => {
  const metrics = createMetrics()
  metrics.request('/api/rooms/:id', 200, 7)
  metrics.request('/api/rooms/:id', 200, 2_600)
  metrics.request('/api/rooms/:id', 404, 5)
  metrics.admission('outgoing webrtc opening', true)
  metrics.admission('outgoing webrtc opening', true)
  metrics.admission('unreadable', false)
  metrics.failure('outbox.drain')
  const bucket = (le: string, n: number) =>
    `sightline_request_seconds_bucket{route="/api/rooms/:id",le="${le}"} ${n}`
  const lines = metrics.text().split('\n')
  expect(lines.filter(line => line.startsWith('#'))).toEqual([
    '# TYPE sightline_requests_total counter',
    '# TYPE sightline_request_seconds histogram',
    '# TYPE sightline_admissions_total counter',
    '# TYPE sightline_failures_total counter',
  ])
  expect(lines.filter(line => line && !line.startsWith('#')).sort()).toEqual(
    [
      'sightline_admissions_total{direction="outgoing",protocol="webrtc",status="opening",allowed="true"} 2',
      'sightline_admissions_total{direction="unreadable",protocol="",status="",allowed="false"} 1',
      'sightline_failures_total{what="outbox.drain"} 1',
      bucket('0.005', 1),
      bucket('0.01', 2),
      bucket('0.025', 2),
      bucket('0.05', 2),
      bucket('0.1', 2),
      bucket('0.25', 2),
      bucket('0.5', 2),
      bucket('1', 2),
      bucket('2.5', 2),
      bucket('+Inf', 3),
      'sightline_request_seconds_count{route="/api/rooms/:id"} 3',
      `sightline_request_seconds_sum{route="/api/rooms/:id"} ${0.007 + 2.6 + 0.005}`,
      'sightline_requests_total{route="/api/rooms/:id",status="200"} 2',
      'sightline_requests_total{route="/api/rooms/:id",status="404"} 1',
    ].sort(),
  )
  expect(metrics.text().endsWith('\n')).toBe(true)
})

test('nothing counted yet is still a text', () => {
  expect(createMetrics().text()).toMatch(/^(# TYPE \w+ (counter|histogram)\n)+$/)
})
