// Draws the demonstration picture, 200 frames of 1280x720 yuv420p (BT.709, limited range), to standard output.
// Called by make-clip.sh, which adds the lettering and encodes. The layout is described in README.md.
import { once } from 'node:events'

const WIDTH = 1280
const HEIGHT = 720
const FPS = 25
const FRAMES = 200
const SCENE_BOTTOM = 452
const BARS_BOTTOM = 584
const RAMP_BOTTOM = 624

/** R'G'B' 0..1 to BT.709 limited-range code values. */
function yuv([r, g, b]) {
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return [16 + 219 * y, 128 + 224 * ((b - y) / 1.8556), 128 + 224 * ((r - y) / 1.5748)]
}
const hex = text => [1, 3, 5].map(at => Number.parseInt(text.slice(at, at + 2), 16) / 255)
const colour = text => yuv(hex(text))
const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
const clamp = value => Math.min(1, Math.max(0, value))

/** The evening sky, top to horizon: position 0..1 and colour. */
const SKY = [
  [0, colour('#16243f')],
  [0.42, colour('#4b4a78')],
  [0.72, colour('#c0717a')],
  [0.88, colour('#f0a36b')],
  [1, colour('#fbd9a0')],
]
function sky(t) {
  const next = SKY.findIndex(([at]) => at >= t)
  if (next <= 0) return SKY[0][1]
  const [a, from] = SKY[next - 1]
  const [b, to] = SKY[next]
  return mix(from, to, (t - a) / (b - a))
}

/**
 * Hills, far to near. Each contour repeats every `period` pixels and travels exactly one period in the 200
 * frames, a whole number of pixels a frame: the loop has no seam and motion compensation finds it exactly.
 */
const HILLS = [
  { period: 0, base: 330, tint: colour('#8a6a8c'), waves: [[3.1, 34, 0.4], [7.3, 13, 1.9], [13.7, 6, 0.2]] },
  { period: 400, base: 366, tint: colour('#5f5479'), waves: [[1, 17, 0.9], [2, 9, 2.2]] },
  { period: 800, base: 398, tint: colour('#3d4464'), waves: [[1, 22, 2.8], [3, 8, 0.6], [5, 4, 1.1]] },
  { period: 1600, base: 430, tint: colour('#1d2a3d'), waves: [[1, 20, 0.2], [3, 7, 2.4], [7, 3, 0.8]] },
]
/** Firs on the nearest hill: place within its period, height, half width. */
const FIRS = [
  [120, 78, 17], [158, 54, 13], [206, 92, 20], [470, 60, 14], [508, 84, 18], [800, 70, 16], [836, 50, 12],
  [868, 96, 21], [905, 62, 14], [1130, 88, 19], [1168, 58, 13], [1420, 74, 17], [1452, 52, 12],
]

function contour(hill, x, frame) {
  const shift = hill.period === 0 ? 0 : (hill.period / FRAMES) * frame
  const turn = hill.period === 0 ? x / WIDTH : (x + shift) / hill.period
  return hill.waves.reduce((y, [cycles, height, phase]) => y + height * Math.sin(2 * Math.PI * cycles * turn + phase), hill.base)
}

/** How high above the nearest hill's contour the firs reach at column x (0 = none). */
function firs(x, frame) {
  const hill = HILLS[3]
  const at = (x + (hill.period / FRAMES) * frame) % hill.period
  return FIRS.reduce((best, [place, height, half]) => {
    const far = Math.min(Math.abs(at - place), hill.period - Math.abs(at - place))
    return far >= half ? best : Math.max(best, height * (1 - far / half))
  }, 0)
}

const SUN = { x: 905, y: 262, radius: 62, tint: colour('#fff3d6') }
const DIAL = { x: 178, y: 262, radius: 84 }
const WHITE = [235, 128, 128]

function scene(frame) {
  const tops = HILLS.map((hill, layer) =>
    Float64Array.from({ length: WIDTH }, (_, x) => contour(hill, x, frame) - (layer === 3 ? firs(x, frame) : 0)),
  )
  const flash = frame % FPS < 2
  const hand = 2 * Math.PI * ((frame % FPS) / FPS)
  const rows = Array.from({ length: SCENE_BOTTOM }, (_, y) => sky(y / 400 > 1 ? 1 : y / 400))
  return (x, y) => {
    let pixel = rows[y]
    const sun = Math.hypot(x - SUN.x, y - SUN.y)
    if (sun < 300) pixel = mix(pixel, SUN.tint, 0.42 * (1 - sun / 300) ** 2)
    pixel = mix(pixel, SUN.tint, clamp(SUN.radius - sun + 0.5))
    for (let layer = 0; layer < HILLS.length; layer++) {
      const cover = clamp(y - tops[layer][x] + 0.5)
      if (cover > 0) pixel = mix(pixel, HILLS[layer].tint, cover)
    }
    const dx = x - DIAL.x
    const dy = y - DIAL.y
    const far = Math.hypot(dx, dy)
    if (far < DIAL.radius + 6) {
      if (flash) pixel = mix(pixel, WHITE, clamp(DIAL.radius - 8 - far))
      pixel = mix(pixel, WHITE, clamp(3 - Math.abs(far - DIAL.radius)))
      const along = dx * Math.sin(hand) - dy * Math.cos(hand)
      const across = Math.abs(dx * Math.cos(hand) + dy * Math.sin(hand))
      if (!flash && along > 0 && along < DIAL.radius - 10) pixel = mix(pixel, WHITE, clamp(3 - across))
    }
    return pixel
  }
}

/** 75 % bars between 40 % grey, in the code values of SMPTE RP 219 (8 bit). */
const GREY = [104, 128, 128]
const BARS = [[180, 128, 128], [168, 44, 136], [145, 147, 44], [133, 63, 52], [63, 193, 204], [51, 109, 212], [28, 212, 120]]
function bars(x) {
  if (x < 160 || x >= 1120) return GREY
  return BARS[Math.min(6, Math.floor(((x - 160) * 7) / 960))]
}
/** Black, a grey scale in 16 steps of equal code distance, white. */
function ramp(x) {
  return [16 + Math.round((219 * Math.floor(x / 80)) / 15), 128, 128]
}

/** Frame counter: ten 32-pixel squares on black, 16 pixels apart. See README.md. */
const COUNTER = { left: 784, top: 656, size: 32, pitch: 48 }
function counter(frame) {
  const bits = Array.from({ length: 8 }, (_, bit) => (frame >> bit) & 1)
  const parity = bits.reduce((a, b) => a ^ b, 1)
  return [1, ...bits, parity]
}

function pixels(frame) {
  const paint = scene(frame)
  const squares = counter(frame)
  return (x, y) => {
    if (y < SCENE_BOTTOM) return paint(x, y)
    if (y < BARS_BOTTOM) return bars(x)
    if (y < RAMP_BOTTOM) return ramp(x)
    const column = x - COUNTER.left
    const square = Math.floor(column / COUNTER.pitch)
    const inside = column >= 0 && column % COUNTER.pitch < COUNTER.size && y >= COUNTER.top && y < COUNTER.top + COUNTER.size
    return inside && squares[square] === 1 ? WHITE : [16, 128, 128]
  }
}

/** One planar 4:2:0 frame; chroma is the mean of each 2x2 block. */
function planar(frame) {
  const at = pixels(frame)
  const luma = Buffer.alloc(WIDTH * HEIGHT)
  const sums = [new Float64Array((WIDTH * HEIGHT) / 4), new Float64Array((WIDTH * HEIGHT) / 4)]
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [l, u, v] = at(x, y)
      luma[y * WIDTH + x] = Math.round(l)
      const block = (y >> 1) * (WIDTH / 2) + (x >> 1)
      sums[0][block] += u
      sums[1][block] += v
    }
  }
  return Buffer.concat([luma, ...sums.map(sum => Buffer.from(sum.map(value => Math.round(value / 4))))])
}

for (let frame = 0; frame < FRAMES; frame++) {
  if (!process.stdout.write(planar(frame))) await once(process.stdout, 'drain')
}
