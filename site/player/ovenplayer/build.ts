import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const SOURCE = 'node_modules/ovenplayer/src/js/'

/** Parts that are left out; see absent.ts. */
const left = ['api/ads/ima/Ad', 'api/ads/vast/Ad', 'api/caption/Manager', 'api/provider/html5/providers/Dash']

/** One place of the source that is put right, and why. A place that is not found fails the build. */
interface Repair {
  file: string
  from: string
  to: string
}

const repairs: Repair[] = [
  // The AudioContext of a session is closed only when the same player loads again, never when it is destroyed: a page
  // that renews its lease all day would collect one for every lease.
  {
    file: 'api/provider/html5/providers/WebRTC.js',
    from: 'webrtcLoader = null;\n            element.srcObject = null;',
    to: 'webrtcLoader = null;\n            element.srcObject = null;\n            audioCtx?.close();\n            audioCtx = null;',
  },
  // Put in by its own build.
  { file: 'version.js', from: '__VERSION__', to: "'0.10.54'" },
  // Looks at two constants before they are there. Its own build makes variables of them, which are undefined then.
  {
    file: 'api/SupportChecker.js',
    from: 'if (isRtmp(file, type)) {\n                    return false;\n                }\n\n                const file',
    to: 'const file',
  },
  // Imports a name that does not exist, and does not use it.
  { file: 'api/media/Manager.js', from: 'import {getBrowser} from "utils/browser";', to: '' },
]

/**
 * Builds OvenPlayer's engine from its published source instead of its bundle. The bundle brings its own user
 * interface, which writes style attributes and elements that the content security policy forbids, a template compiler
 * that needs eval, and advertising; the engine alone has none of these and is a quarter of the size. Its modules name
 * each other from their own root; this resolves those names. The exact version is pinned in package.json: another
 * layout fails the build.
 */
export function ovenPlayerEngine(): Plugin {
  return {
    name: 'ovenplayer-engine',
    enforce: 'pre',
    resolveId(id, importer) {
      const at = importer?.replaceAll('\\', '/').lastIndexOf(SOURCE) ?? -1
      if (!importer || at < 0) return null
      if (id === 'underscore') return join(here, 'underscore.ts')
      if (id.startsWith('!!raw-loader!') || left.includes(id)) return join(here, 'absent.ts')
      const root = importer.slice(0, at + SOURCE.length)
      const file = [join(root, id), join(root, `${id}.js`)].find(
        path => path.endsWith('.js') && existsSync(path),
      )
      return file ?? null
    },
    transform(code, id) {
      const repair = repairs.find(({ file }) => id.replaceAll('\\', '/').endsWith(SOURCE + file))
      if (!repair) return null
      const { file, from, to } = repair
      if (!code.includes(from)) throw new Error(`ovenplayer: ${file} is not what the repair expects`)
      return { code: code.replace(from, to), map: null }
    },
  }
}
