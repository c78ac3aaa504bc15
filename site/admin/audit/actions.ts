import type { AuditAction } from '../../../worker/audit/actions.ts'

export type { AuditAction }

/** What stands before the dot: actions that belong together. */
export type AuditGroup = AuditAction extends `${infer Group}.${string}` ? Group : never
