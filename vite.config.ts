import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Builds the static site: one page for viewers, one for admins, assets with hashed names. */
export default defineConfig({
  root: 'site',
  base: '/',
  publicDir: 'public',
  plugins: [preact()],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Everything is a file of its own origin: the content security policy allows no inline data but images.
    assetsInlineLimit: 0,
    rollupOptions: { input: { viewer: 'site/viewer.html', admin: 'site/admin.html' } },
  },
})
