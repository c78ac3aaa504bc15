import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const parts = read('compose.parts.yaml')
const files = {
  'compose.parts.yaml': parts,
  'compose.yaml': read('compose.yaml'),
  'compose.product.yaml': read('compose.product.yaml'),
}
const example = read('.env.example')

/** Every `${NAME…}` of a text, with what follows the name: nothing, `:-default` or `:?message`. */
const variables = (text: string) =>
  [...text.matchAll(/\$\{([A-Z_]+)(:[-?][^}]*)?\}/g)].map(([, name, rest]) => ({
    name: name ?? '',
    rest: rest ?? '',
  }))

describe.each(Object.entries(files))('%s', (_, text) => {
  it('publishes neither the API nor the plain media port', () => {
    const published = [...text.matchAll(/^ +- '?[^'\s]*:(\d+)(?:\/udp)?'?$/gm)].map(([, inner]) => inner)
    expect(published).not.toContain('8081')
    expect(published).not.toContain('3333')
  })

  it('takes no image of a moving tag', () => {
    for (const [, image] of text.matchAll(/^ +image: (.*)$/gm))
      expect(image).toMatch(/^(sightline:local|\$\{[A-Z_]+:-[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*\})$/)
  })

  it('lets no secret be missing or empty, except those that are off without one', () => {
    const off = ['SIGHTLINE_ADMIN_TOKEN', 'OIDC_CLIENT_SECRET']
    const secrets = variables(text).filter(
      ({ name }) => /(SECRET|TOKEN)$/.test(name) && !name.endsWith('PREVIOUS'),
    )
    for (const { name, rest } of secrets)
      expect([name, rest]).toEqual([name, off.includes(name) ? ':-' : ':?run npm run secrets'])
  })

  it('asks for nothing that .env.example does not name', () => {
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    for (const { name, rest } of variables(text)) if (rest.startsWith(':?')) expect(named).toContain(name)
  })
})

describe('the origin’s environment', () => {
  const server = read('ome/Server.xml')
  const passed = [
    ...Object.values(files)
      .join('\n')
      .matchAll(/^ {6}([A-Z_]+):/gm),
  ].map(([, name]) => name)

  it('passes every value that Server.xml has no default for', () => {
    const needed = [...server.matchAll(/\$\{env:([A-Z_]+)\}/g)].map(([, name]) => name)
    expect(needed.length).toBeGreaterThan(0)
    for (const name of needed) expect(passed).toContain(name)
  })

  it('never passes an empty value: OME takes it as empty, not as its default', () => {
    const ome = parts.slice(parts.indexOf('  ome:'), parts.indexOf('  proxy:'))
    for (const { rest } of variables(ome)) expect(rest).toMatch(/^:(\?|-.)/)
  })
})
