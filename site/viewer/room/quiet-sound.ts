/** Soft tones, in Hz, and how long each takes, in s. */
const TONES = { knock: [523, 659], message: [587] }
const LONG = 0.16
/** Far below anything in the programme. */
const LOUDNESS = 0.04

let context: AudioContext | undefined

/** A sound that says something has happened. Before the page was first touched it stays silent. */
export function playQuietly(what: keyof typeof TONES): void {
  if (navigator.userActivation?.hasBeenActive === false) return
  context ??= new AudioContext()
  if (context.state !== 'running') {
    context.resume().catch(() => {})
    return
  }
  TONES[what].forEach((frequency, i) => {
    const at = context!.currentTime + i * LONG
    const tone = new OscillatorNode(context!, { frequency })
    const gain = new GainNode(context!, { gain: 0 })
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
    gain.gain.linearRampToValueAtTime(0, at + LONG)
    tone.connect(gain).connect(context!.destination)
    tone.start(at)
    tone.stop(at + LONG)
  })
}
