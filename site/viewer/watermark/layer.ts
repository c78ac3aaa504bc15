import type { Watermark } from '../../../worker/watermark/watermark.ts'

export type Mark = NonNullable<Watermark>

/** The mark in a corner goes to the next one this often, and the one all over moves a little, in ms. */
const MOVES_EVERY = 20_000
/** How often it is looked at whether the mark can still be seen, in ms: a style sheet gives no notice. */
const LOOK_EVERY = 2_000
/** Places that it moves through; styles name them. */
const PLACES = 4
/** Copies of the words, all over. */
const COPIES = 24

/** The elements of a mark. Its words are text, whatever is in them. */
function makeLayer({ mode, text }: Mark, place: number): HTMLElement {
  const layer = document.createElement('div')
  layer.className = `watermark ${mode}`
  layer.dataset.place = String(place)
  // Who hears the page knows who they are.
  layer.setAttribute('aria-hidden', 'true')
  for (let i = 0; i < (mode === 'tiled' ? COPIES : 1); i++) {
    const copy = document.createElement('span')
    copy.textContent = text
    layer.append(copy)
  }
  return layer
}

/** Whether a layer is there as it was made, and can be seen. */
function isWhole(picture: HTMLElement, layer: HTMLElement, { mode, text }: Mark): boolean {
  if (layer.parentElement !== picture || layer.className !== `watermark ${mode}`) return false
  if (layer.hasAttribute('style') || layer.hidden) return false
  const copies = [...layer.children]
  if (copies.length !== (mode === 'tiled' ? COPIES : 1)) return false
  if (copies.some(copy => copy.textContent !== text || copy.attributes.length > 0)) return false
  // A picture that is not laid out shows nothing to be marked.
  if (picture.offsetWidth === 0) return true
  const { display, visibility, opacity } = getComputedStyle(layer)
  return display !== 'none' && visibility === 'visible' && Number(opacity) >= 0.1 && layer.offsetWidth > 0
}

/**
 * Lays a mark over a picture and keeps it there: what is taken off or changed is put back at once, and `onRemoved` is
 * called. It deters; whoever commands the page can still get rid of it. Returns a way to take it off.
 */
export function layMark(picture: HTMLElement, mark: Mark, onRemoved: () => void): () => void {
  let place = 0
  let layer = makeLayer(mark, place)

  const watcher = new MutationObserver(look)
  function watch() {
    watcher.observe(picture, { childList: true })
    watcher.observe(layer, { attributes: true, childList: true, characterData: true, subtree: true })
  }
  function look() {
    if (isWhole(picture, layer, mark)) return
    watcher.disconnect()
    layer.remove()
    layer = makeLayer(mark, place)
    picture.append(layer)
    watch()
    onRemoved()
  }
  function move() {
    watcher.disconnect()
    place = (place + 1) % PLACES
    layer.dataset.place = String(place)
    watch()
  }

  picture.append(layer)
  watch()
  const looking = setInterval(look, LOOK_EVERY)
  const moving = setInterval(move, MOVES_EVERY)
  return () => {
    clearInterval(looking)
    clearInterval(moving)
    watcher.disconnect()
    layer.remove()
  }
}
