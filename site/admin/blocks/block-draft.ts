import type { NewBlock } from '../api/client.ts'
import type { Fault } from '../forms/faults.ts'

/** How long a block may last: the choices of its form. */
export const lasts = ['hour', 'day', 'lifted'] as const

/** A block as its form holds it. */
export type BlockDraft = { block: string; reason: string; lasts: (typeof lasts)[number] }

export const emptyBlockDraft: BlockDraft = { block: '', reason: '', lasts: 'day' }

const LENGTH = { hour: 3_600_000, day: 86_400_000 }

/** Only what cannot be an address or a network at all; what the server makes of it, it says. */
export function blockFaults(draft: BlockDraft): Partial<Record<keyof BlockDraft, Fault>> {
  const faults: Partial<Record<keyof BlockDraft, Fault>> = {}
  const block = draft.block.trim()
  if (block === '') faults.block = { is: 'empty' }
  else if (!/^(?=.*[.:])[\da-f.:]+(\/\d{1,3})?$/i.test(block)) faults.block = { is: 'block' }
  if (draft.reason.trim().length > 200) faults.reason = { is: 'too-long', max: 200 }
  return faults
}

/** A form without faults, sent at `now` → the body of `POST /api/blocks`. */
export function newBlockBody(draft: BlockDraft, now: number): NewBlock {
  const body: NewBlock = { block: draft.block.trim() }
  if (draft.reason.trim() !== '') body.reason = draft.reason.trim()
  if (draft.lasts !== 'lifted') body.until = new Date(now + LENGTH[draft.lasts]).toISOString()
  return body
}
