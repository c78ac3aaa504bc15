import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'

/** What may be over a picture or around it: nothing that makes a browser compute its colours anew, and nothing that cuts it. */

const FORBIDDEN =
  /(?<![\w-])((?:backdrop-)?filter|(?:mix|background)-blend-mode|(?:backdropF|f)ilter|(?:mix|background)BlendMode)\s*:/
const CROPS = /object-?fit['"]?\s*:\s*['"]?(cover|fill)/i

const read = (folder: string, ending: RegExp) => {
  const url = new URL(folder, import.meta.url)
  return readdirSync(url, { recursive: true, encoding: 'utf8' })
    .filter(file => ending.test(file) && !/\.test\.tsx?$/.test(file))
    .map(file => ({ file, text: readFileSync(new URL(file, url), 'utf8') }))
}
const styles = read('./', /\.css$/).filter(({ file }) => !/^admin|^landing/.test(file))
const components = read('../viewer/', /\.tsx$/)

/** Without comments, which may say what is not to be done. */
const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

describe('the viewer', () => {
  it('has styles and components to look at', () => {
    expect(styles.map(({ file }) => file)).toContain('viewer/scopes.css')
    expect(components.length).toBeGreaterThan(30)
  })

  it.each(styles)('$file has no filter and no blend mode, and cuts no picture', ({ text }) => {
    expect([FORBIDDEN.exec(code(text))?.[0], CROPS.exec(code(text))?.[0]]).toEqual([undefined, undefined])
  })

  it('has none among the styles that components set themselves', () => {
    const inline = components.flatMap(({ file, text }) =>
      [...code(text).matchAll(/style=\{\{([\s\S]*?)\}\}/g)].map(([, style]) => ({ file, style: style! })),
    )
    expect(inline.length).toBeGreaterThan(0)
    expect(inline.filter(({ style }) => FORBIDDEN.test(style) || CROPS.test(style))).toEqual([])
  })
})

test.each([
  'a { filter: none }',
  'a{backdrop-filter:blur(1px)}',
  'a { -webkit-foo: 1; mix-blend-mode: multiply }',
  'a { background-blend-mode : screen }',
  "{ backdropFilter: 'x' }",
])('%s would be found', text => {
  expect(FORBIDDEN.test(text)).toBe(true)
})
test.each(['img { object-fit: cover }', "{ objectFit: 'cover' }", 'video{object-fit:fill}'])(
  '%s too',
  text => {
    expect(CROPS.test(text)).toBe(true)
  },
)
test.each(['.filter-row { gap: 1px }', 'a { --filter: 1 }', 'a { object-fit: contain }'])(
  '%s would not',
  text => {
    expect([FORBIDDEN.test(text), CROPS.test(text)]).toEqual([false, false])
  },
)
