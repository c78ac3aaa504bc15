import { expect, test } from 'vitest'
import { readFromReceiver, readFromSender } from './control.ts'

const hash = 'ab'.repeat(32)

test('what either side says is read by the other', () => {
  const block = { is: 'block', n: 3, hash }
  const end = { is: 'end', root: hash }
  const have = { is: 'have', bytes: 4096 }
  const done = { is: 'done', root: hash }
  const read = (said: object) => [
    readFromSender(JSON.stringify(said)),
    readFromReceiver(JSON.stringify(said)),
  ]
  expect([block, end, have, done].map(read)).toEqual([
    [block, null],
    [end, null],
    [null, have],
    [null, done],
  ])
})

test.each([
  '',
  'null',
  '7',
  '[]',
  '{"is":"block"',
  `{"is":"block","n":-1,"hash":"${hash}"}`,
  `{"is":"block","n":1.5,"hash":"${hash}"}`,
  `{"is":"block","n":"1","hash":"${hash}"}`,
  `{"is":"block","n":1,"hash":"${hash.toUpperCase()}"}`,
  `{"is":"block","n":1,"hash":"${hash}00"}`,
  `{"is":"block","n":1,"hash":"${hash}","more":1}`,
  '{"is":"end","root":"x"}',
  '{"is":"end"}',
  '{"is":"have","bytes":-1}',
  '{"is":"have","bytes":1e400}',
  '{"is":"have","bytes":1,"n":1}',
  '{"is":"done"}',
  `{"is":"done","root":"${hash}"}${' '.repeat(200)}`,
])('%s is read by neither', text => {
  expect([readFromSender(text), readFromReceiver(text)]).toEqual([null, null])
})
