import { describe, expect, it } from 'vitest'
import { pathOf, readRoute } from './route.ts'

describe('readRoute', () => {
  it.each([
    ['/admin', { page: 'rooms' }],
    ['/admin/', { page: 'rooms' }],
    ['/admin/rooms', { page: 'rooms' }],
    ['/admin/rooms/r1', { page: 'room', id: 'r1' }],
    ['/admin/rooms/r1/', { page: 'room', id: 'r1' }],
    ['/admin/rooms/a%2Fb', { page: 'room', id: 'a/b' }],
    ['/admin/server', { page: 'server' }],
    ['/admin/settings', { page: 'settings' }],
    ['/admin/welcome', { page: 'welcome' }],
    ['/auth/callback', { page: 'callback' }],
    ['/auth/callback/x', { page: 'unknown' }],
    ['/auth', { page: 'unknown' }],
    ['/admin/callback', { page: 'unknown' }],
    ['/admin/welcome/x', { page: 'unknown' }],
    ['/admin/rooms/r1/settings', { page: 'room-settings', id: 'r1' }],
    ['/admin/rooms/a%2Fb/settings/', { page: 'room-settings', id: 'a/b' }],
    ['/admin/rooms/r1/settings/x', { page: 'unknown' }],
    ['/admin/people/r1/settings', { page: 'unknown' }],
    ['/admin/rooms/%E0%A4%A/settings', { page: 'unknown' }],
    ['/admin/rooms/r1/links', { page: 'unknown' }],
    ['/admin/rooms/%E0%A4%A', { page: 'unknown' }],
    ['/admin/server/x', { page: 'unknown' }],
    ['/admin/people', { page: 'people' }],
    ['/admin/people/u1', { page: 'unknown' }],
    ['/admin/audit', { page: 'audit' }],
    ['/admin/audit/42', { page: 'unknown' }],
    ['/admin/persons', { page: 'unknown' }],
    ['/admins', { page: 'unknown' }],
    ['/', { page: 'unknown' }],
  ])('%s', (path, route) => {
    expect(readRoute(path)).toEqual(route)
  })

  it('reads what pathOf writes', () => {
    for (const route of [
      { page: 'rooms' },
      { page: 'server' },
      { page: 'people' },
      { page: 'audit' },
      { page: 'settings' },
      { page: 'welcome' },
      { page: 'callback' },
      { page: 'room', id: '../é?#' },
      { page: 'room-settings', id: '../é?#' },
    ] as const)
      expect(readRoute(pathOf(route))).toEqual(route)
  })
})
