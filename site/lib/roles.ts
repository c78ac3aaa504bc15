import type { Grant, Role } from '../../worker/links/permissions.ts'

export type { Grant, Role }

/** Every grant, in the order they are shown. */
export const grantNames = [
  'message',
  'annotate',
  'caption',
  'present',
  'record',
  'token',
  'op',
] as const satisfies readonly Grant[]

/** The presets as the dialog offers them, from least to most. */
export const rolePresets = [
  'observer',
  'captioner',
  'reviewer',
  'presenter',
  'host',
] as const satisfies readonly Role[]

/** What each preset grants, for starting an own choice from it. The server's table decides. */
export const presetGrants: Record<Role, readonly Grant[]> = {
  observer: [],
  captioner: ['caption'],
  reviewer: ['message', 'annotate'],
  presenter: ['present', 'message', 'annotate'],
  host: ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record'],
}
