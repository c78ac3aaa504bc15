import { expect, test } from 'vitest'
import { ApiFailure } from '../api/failure.ts'
import { refused } from './refused.ts'

test('what the server found in fields stands under them', () => {
  const failure = new ApiFailure(422, 'invalid', 'Look again.', [
    { field: 'title', detail: 'Give it a title.' },
    { field: 'leaseMs', detail: 'Too long.' },
  ])
  expect(refused(failure, { leaseMs: 'lease' })).toEqual({
    faults: {
      title: { is: 'said', sentence: 'Give it a title.' },
      lease: { is: 'said', sentence: 'Too long.' },
    },
    failure: null,
  })
})

test('what is of no field concerns the whole', () => {
  const failure = new ApiFailure(0, 'unreachable', '')
  expect(refused(failure)).toEqual({ faults: {}, failure })
})
