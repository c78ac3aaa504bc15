import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { ovenPlayerEngine } from './site/player/ovenplayer/build.ts'
import { textPerPage } from './site/text/build.ts'

/** Builds the static site: one page for viewers, one for admins, one for who comes without a link, one with the chart, assets with hashed names. */
export default defineConfig({
  root: 'site',
  base: '/',
  publicDir: 'public',
  plugins: [preact(), ovenPlayerEngine(), textPerPage(['viewer', 'admin', 'landing', 'chart'])],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Everything is a file of its own origin: the content security policy allows no inline data but images.
    assetsInlineLimit: 0,
    // hls.js alone is larger than the usual warning; it is loaded only where WebRTC does not get through.
    chunkSizeWarningLimit: 600,
    // What is bundled keeps its notices.
    license: { fileName: 'licences.txt' },
    rollupOptions: {
      input: {
        viewer: 'site/viewer.html',
        admin: 'site/admin.html',
        landing: 'site/landing.html',
        chart: 'site/chart.html',
      },
    },
  },
})
