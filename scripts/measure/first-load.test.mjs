import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { firstScripts } from './first-load.mjs'

let site
beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'sightline-size-'))
  mkdirSync(join(site, 'assets'))
})
afterEach(() => rmSync(site, { recursive: true, force: true }))
const put = (name, text) => writeFileSync(join(site, name), text)

test('counts what is imported statically, however deep, and nothing that is loaded on demand', async () => {
  put(
    'viewer.html',
    '<script type="module" crossorigin src="/assets/viewer.js"></script><script src="/assets/early.js">',
  )
  put('assets/viewer.js', 'import { a } from "./shared.js"; import("./player.js"); console.log(a)')
  put('assets/early.js', 'import "./shared.js"')
  put('assets/shared.js', 'import "./deep.js"; export const a = 1')
  put('assets/deep.js', 'console.log("deep")')
  put('assets/player.js', 'import "./only-player.js"')
  put('assets/only-player.js', 'console.log("player")')
  expect(await firstScripts(site, 'viewer.html')).toEqual([
    'assets/deep.js',
    'assets/early.js',
    'assets/shared.js',
    'assets/viewer.js',
  ])
})

test('a page without scripts loads none', async () => {
  put('viewer.html', '<!doctype html>')
  expect(await firstScripts(site, 'viewer.html')).toEqual([])
})
