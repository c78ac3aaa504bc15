import { batch, signal } from '@preact/signals'
import type { AuditList, AuditQuery, Got } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'

type List = Got<AuditList>

/** One page of the audit, and the way back to the newest. */
export function createAuditState() {
  /** The cursors of the pages up to the one that is shown. */
  const trail = signal<(string | null)[]>([null])
  const shown = signal<{ key: string; list: List } | null>(null)
  const failure = signal<ApiFailure | null>(null)
  const cursor = () => trail.value.at(-1) ?? null
  const keyOf = (query: AuditQuery) => JSON.stringify([query, cursor()])

  /**
   * Reads the page again.
   * @throws {ApiFailure} after noting it
   */
  async function refresh(query: AuditQuery): Promise<void> {
    const key = keyOf(query)
    const known = shown.peek()?.key === key ? shown.peek()!.list : null
    try {
      const list = (await api.audit(query, cursor(), known?.etag ?? null)) ?? known
      if (key !== keyOf(query) || !list) return
      batch(() => {
        failure.value = null
        shown.value = { key, list }
      })
    } catch (e) {
      if (key === keyOf(query)) failure.value = asFailure(e)
      throw e
    }
  }

  const next = () => shown.value?.list.value.next ?? null

  return {
    keyOf,
    refresh,
    failure,
    /** The rows read last, or null before the first answer; while another page comes, the former one's. */
    rows: () => shown.value?.list.value.items ?? null,
    /** How many days the server keeps rows; null before the first answer. */
    keptDays: () => shown.value?.list.value.keptDays ?? null,
    older: () =>
      next() === null
        ? undefined
        : () => {
            trail.value = [...trail.peek(), next()]
          },
    newer: () =>
      trail.value.length === 1
        ? undefined
        : () => {
            trail.value = trail.peek().slice(0, -1)
          },
    /** Another filter begins with its newest rows. */
    restart: () => {
      trail.value = [null]
    },
  }
}
