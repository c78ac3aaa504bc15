import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { Route, Who } from '../http/route.ts'
import { VERSION } from './version.ts'

/** How a caller may show who they are: a user's browser by its cookie, machines by a bearer. */
const securityOf = (who: Who): object[] =>
  typeof who === 'object' ? [{ session: [] }, { apiKey: [] }] : security[who]

const security: Record<Exclude<Who, object>, object[]> = {
  anyone: [],
  person: [{ personToken: [] }],
  origin: [{ omeSignature: [] }],
}

const problem = { $ref: '#/components/schemas/Problem' }
const problemAnswer = { description: 'Refused', content: { 'application/problem+json': { schema: problem } } }

const documents = new WeakMap<readonly Route[], object>()

/**
 * OpenAPI 3.1 of the route table. What valibot checks beyond JSON Schema (times, for example) stays a description.
 * Written once, because everybody may ask for it.
 */
export function openApi(routes: readonly Route[]): object {
  const document = documents.get(routes) ?? describe(routes)
  documents.set(routes, document)
  return document
}

function describe(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const r of routes) {
    const path = r.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [r.method]: operation(r) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sightline', version: VERSION, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sightline' },
        apiKey: { type: 'http', scheme: 'bearer' },
        personToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        omeSignature: { type: 'apiKey', in: 'header', name: 'X-OME-Signature' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: { field: { type: 'string' }, detail: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}

function operation(r: Route): object {
  const path = [...r.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = r.query ? schemaOf(r.query, 'input') : undefined
  const parameters = [
    ...path,
    ...Object.entries((query?.properties ?? {}) as Record<string, object>).map(([name, schema]) => ({
      name,
      in: 'query',
      required: ((query?.required ?? []) as string[]).includes(name),
      schema,
    })),
  ]
  const checked = r.who !== 'anyone' || r.body || r.query
  return {
    operationId: operationId(r),
    summary: r.summary,
    security: securityOf(r.who),
    ...(typeof r.who === 'object' && r.who.right !== null ? { 'x-right': r.who.right } : {}),
    ...(parameters.length ? { parameters } : {}),
    ...(r.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(r.body, 'input') } },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(r.answers).map(([status, schema]) => [status, answer(Number(status), schema)]),
      ),
      ...(checked ? { default: problemAnswer } : {}),
    },
  }
}

/** `get /api/rooms/:id/links` → `getRoomsIdLinks`: stable as long as the path is. */
const operationId = (r: Route): string =>
  r.method +
  r.path
    .replace(/^\/api/, '')
    .split(/[^a-z0-9]+/i)
    .filter(Boolean)
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('')

function answer(status: number, schema: GenericSchema | null): object {
  if (schema)
    return { description: 'Done', content: { 'application/json': { schema: schemaOf(schema, 'output') } } }
  if (status === 304) return { description: 'Not changed' }
  return status < 300 ? { description: 'Done' } : problemAnswer
}

function schemaOf(schema: GenericSchema, mode: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = toJsonSchema(schema, {
    errorMode: 'ignore',
    typeMode: mode,
    target: 'draft-2020-12',
  })
  return json as Record<string, unknown>
}
