import { expect, test } from 'vitest'
import { ask } from '../../test/support/api.ts'
import { testApp } from '../../test/support/app.ts'
import { routes } from '../app.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Node = { [name: string]: Json }

async function document(): Promise<Node> {
  const app = await testApp()
  try {
    const { status, headers, body } = await ask<Node>(app, 'GET', '/api/openapi.json', { token: null })
    expect({ status, type: headers['content-type'], trips: app.roundTrips() }).toEqual({
      status: 200,
      type: 'application/json',
      trips: 0,
    })
    return body
  } finally {
    app.close()
  }
}

const api = await document()
const paths = api.paths as Record<string, Record<string, Node>>
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Every object in a document, with where it is. */
function* nodes(json: Json, at = '#'): Generator<[string, Node]> {
  if (typeof json !== 'object' || json === null) return
  if (!Array.isArray(json)) yield [at, json]
  for (const [name, value] of Object.entries(json)) yield* nodes(value, `${at}/${name}`)
}

test('it says what it is', () => {
  expect({ openapi: api.openapi, info: api.info }).toEqual({
    openapi: '3.1.0',
    info: {
      title: 'Sightline',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      license: { name: 'MIT', identifier: 'MIT' },
    },
  })
  expect(Object.keys(api).sort()).toEqual(['components', 'info', 'openapi', 'paths'])
})

test('it has every route and no other', () => {
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    routes.map(route => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`).sort(),
  )
})

test('every operation has an id of its own', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => !/^[a-z][a-zA-Z0-9]+$/.test(String(id)))).toEqual([])
  expect(paths['/api/rooms/{id}/links/{linkId}']!.patch!.operationId).toBe('patchRoomsIdLinksLinkId')
})

test('every operation has a summary, answers, and who may call it', () => {
  const schemes = {
    anyone: [],
    person: ['personToken'],
    origin: ['omeSignature'],
  }
  const declared = Object.keys((api.components as { securitySchemes: Node }).securitySchemes)
  for (const route of routes) {
    const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method]!
    const asked = (operation.security as Node[]).flatMap(scheme => Object.keys(scheme))
    const { who } = route
    const wanted = typeof who === 'object' ? ['session', 'apiKey'] : schemes[who]
    expect({ path: route.path, asked }).toEqual({ path: route.path, asked: wanted })
    expect(operation['x-right'] ?? null).toBe(typeof who === 'object' ? who.right : null)
    expect(asked.filter(scheme => !declared.includes(scheme))).toEqual([])
    expect(operation.summary).toMatch(/^[A-Z]/)
    expect(Object.keys(operation.responses as Node)).toEqual(
      expect.arrayContaining(Object.keys(route.answers)),
    )
    for (const answer of Object.values(operation.responses as Record<string, Node>))
      expect(answer.description).toEqual(expect.any(String))
  }
})

test('path parameters are exactly those of the path, and names are not given twice', () => {
  for (const { path, operation } of operations) {
    const parameters = (operation.parameters ?? []) as unknown as {
      name: string
      in: string
      required: boolean
    }[]
    const inPath = parameters.filter(p => p.in === 'path')
    expect(inPath.map(p => p.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]))
    expect(inPath.every(p => p.required)).toBe(true)
    expect(new Set(parameters.map(p => `${p.in} ${p.name}`)).size).toBe(parameters.length)
  }
})

test('bodies only where they are read', () => {
  for (const { method, operation } of operations)
    if (method === 'get' || method === 'delete') expect(operation.requestBody).toBeUndefined()
})

test('every reference leads somewhere', () => {
  for (const [at, node] of nodes(api)) {
    if (node.$ref === undefined) continue
    const found = String(node.$ref)
      .replace(/^#\//, '')
      .split('/')
      .reduce<Json | undefined>((json, name) => (json as Node | undefined)?.[name], api)
    expect({ at, found: typeof found }).toEqual({ at, found: 'object' })
  }
})

test('every schema is JSON Schema 2020-12, as far as this document goes', () => {
  const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
  const schemas = operations.flatMap(({ path, operation }) => [
    ...((operation.parameters ?? []) as Node[]).map(p => [path, p.schema] as const),
    ...[operation.requestBody, ...Object.values(operation.responses as Node)].flatMap(part =>
      Object.values(((part as Node | undefined)?.content ?? {}) as Record<string, Node>).map(
        media => [path, media.schema] as const,
      ),
    ),
  ])
  expect(schemas.length).toBeGreaterThan(routes.length)
  for (const [path, schema] of schemas) {
    expect({ path, schema: typeof schema }).toEqual({ path, schema: 'object' })
    for (const [at, node] of nodes(schema as Json)) {
      if (at.endsWith('/properties')) continue
      expect({ path, at, $schema: node.$schema, nullable: node.nullable }).toEqual({
        path,
        at,
        $schema: undefined,
        nullable: undefined,
      })
      const said = [node.type ?? []].flat()
      expect({ path, at, wrong: said.filter(type => !types.includes(String(type))) }).toEqual({
        path,
        at,
        wrong: [],
      })
      const properties = Object.keys((node.properties ?? {}) as Node)
      const required = (node.required ?? []) as string[]
      expect({ path, at, missing: required.filter(name => !properties.includes(name)) }).toEqual({
        path,
        at,
        missing: [],
      })
    }
  }
})

test('what a request may say is told with its limits', () => {
  const { schema } = (paths['/api/rooms']!.post!.requestBody as { content: Record<string, { schema: Node }> })
    .content['application/json']!
  expect(schema).toMatchObject({
    type: 'object',
    required: ['title'],
    additionalProperties: false,
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 200 },
      slug: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' },
      maxViewers: { anyOf: [{ type: 'integer', minimum: 1, maximum: 100_000 }, { type: 'null' }] },
    },
  })
})
