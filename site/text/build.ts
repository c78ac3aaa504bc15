import type { Plugin } from 'vite'

/**
 * A language is one file, but a page needs only its own part of it. Shared between the pages it would travel whole to
 * both; so each page gets a copy of its own, out of which the rest is shaken.
 */
export function textPerPage(pages: readonly string[]): Plugin {
  return {
    name: 'text-per-page',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || !/(^|\/)text\/[a-z-]+\.ts$/.test(source)) return null
      const page = pages.find(page => importer.includes(`/site/${page}/`))
      const file = page && (await this.resolve(source, importer, { ...options, skipSelf: true }))
      return file ? `${file.id}?${page}` : null
    },
  }
}
