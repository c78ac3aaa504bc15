import type { Plugin } from 'vite'

/**
 * A language is one catalogue, but a page needs only its own part of it. Shared between the pages it would travel whole
 * to both; so each page gets a copy of its own, of the file and all that it imports, out of which the rest is shaken.
 */
export function textPerPage(pages: readonly string[]): Plugin {
  return {
    name: 'text-per-page',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || !/\.ts$/.test(source)) return null
      const within = pages.find(page => importer.endsWith(`?${page}`))
      const begun = /(^|\/)text\/[a-z-]+\.ts$/.test(source)
      const page = within ?? (begun ? pages.find(page => importer.includes(`/site/${page}/`)) : undefined)
      const file = page && (await this.resolve(source, importer, { ...options, skipSelf: true }))
      // Words do nothing by themselves: what no part of the page uses is left out whole.
      return file ? { id: `${file.id}?${page}`, moduleSideEffects: false } : null
    },
  }
}
