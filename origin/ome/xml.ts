/** One element of a configuration file. Text is what stands directly in it, trimmed. */
export interface Element {
  name: string
  attributes: string
  text: string
  children: Element[]
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w.]+)\s*>|<([\w.]+)((?:\s+[\w.]+="[^"]*")*)\s*(\/?)>|[^<]+/y

/**
 * Reads the XML that OvenMediaEngine's configuration uses: elements, attributes, text, comments; no CDATA, no DTD.
 * @throws {Error} where it is not well-formed
 */
export function readXml(source: string): Element {
  const top: Element = { name: '', attributes: '', text: '', children: [] }
  const open = [top]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(source)
    const inner = open.at(-1)
    if (!token || !inner) throw new Error(`Not well-formed at character ${at}.`)
    const [whole, closing, opening, attributes, empty] = token
    if (closing) {
      if (open.length === 1 || inner.name !== closing) throw new Error(`</${closing}> closes nothing.`)
      inner.text = inner.text.trim()
      open.pop()
    } else if (opening) {
      const element = { name: opening, attributes: (attributes ?? '').trim(), text: '', children: [] }
      inner.children.push(element)
      if (!empty) open.push(element)
    } else if (!whole.startsWith('<')) {
      if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(whole)) throw new Error(`An entity nobody defined at ${at}.`)
      inner.text += whole
    }
  }
  const [root, ...more] = top.children
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed.`)
  if (!root || more.length || top.text.trim())
    throw new Error('There must be one root element and nothing beside it.')
  return root
}

/** The elements at a path below `from`, such as `Bind/Providers`. */
export function all(from: Element, path: string): Element[] {
  return path
    .split('/')
    .reduce((found, name) => found.flatMap(e => e.children.filter(child => child.name === name)), [from])
}

export const first = (from: Element, path: string): Element | undefined => all(from, path)[0]

/** Every element's path from the root, each once. */
export function paths(element: Element, above = ''): Set<string> {
  const path = `${above}/${element.name}`
  return new Set([path, ...element.children.flatMap(child => [...paths(child, path)])])
}
