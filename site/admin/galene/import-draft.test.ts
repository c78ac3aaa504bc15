import { expect, test } from 'vitest'
import { definitionIn, importFaults, importRefusal, nameOfFile } from './import-draft.ts'

test.each<[string, string, object]>([
  ['grade', '{}', {}],
  [' grade ', ' {"public": true}\n', {}],
  ['', '{}', { name: { is: 'empty' } }],
  ['x'.repeat(201), '{}', { name: { is: 'too-long', max: 200 } }],
  ['grade', '', { text: { is: 'empty' } }],
  ['grade', '{', { text: { is: 'json' } }],
  ['grade', '[]', { text: { is: 'json' } }],
  ['grade', 'null', { text: { is: 'json' } }],
  ['grade', '"text"', { text: { is: 'json' } }],
  ['', '7', { name: { is: 'empty' }, text: { is: 'json' } }],
])('the name %j with %j', (name, text, faults) => {
  expect(importFaults({ name, text })).toEqual(faults)
})

test('what a file holds is taken as it is', () => {
  expect(definitionIn('{"users":{"anna":{}},"x":[1]}')).toEqual({ users: { anna: {} }, x: [1] })
})

test.each([
  ['grade.json', 'grade'],
  ['Grade 3.JSON', 'Grade 3'],
  ['grade', 'grade'],
  ['grade.json.json', 'grade.json'],
])('the file %s is the group %s', (file, name) => {
  expect(nameOfFile(file)).toBe(name)
})

test('refusals stand under the name, or say where in the file', () => {
  expect(
    importRefusal([
      { field: 'name', detail: 'must not begin with a dot' },
      { field: 'definition.users.anna.permissions', detail: 'is not known here' },
      { field: 'definition', detail: 'must be an object' },
      { field: 'codecs', detail: 'must be a list' },
    ]),
  ).toEqual({
    faults: { name: { is: 'said', sentence: 'must not begin with a dot' } },
    inFile: ['users.anna.permissions: is not known here', 'must be an object', 'codecs: must be a list'],
  })
  expect(importRefusal([])).toEqual({ faults: {}, inFile: [] })
})
