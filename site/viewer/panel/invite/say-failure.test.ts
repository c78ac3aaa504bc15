import { expect, test } from 'vitest'
import { panel } from '../text.ts'
import type { Failure } from './links-api.ts'
import { sayFailure } from './say-failure.ts'

const t = panel.invite

test.each<[Failure, string]>([
  ['unreachable', t.unreachable],
  [{ refused: 'not_held' }, t.why.not_held],
  [{ refused: 'own_link' }, t.why.own_link],
  [{ refused: 'link_revoked' }, t.why.link_revoked],
  [{ refused: 'what comes later' }, t.refused],
  [{ refused: 'constructor' }, t.refused],
  [{ refused: '' }, t.refused],
])('%j', (failure, sentence) => expect(sayFailure(failure)).toBe(sentence))
