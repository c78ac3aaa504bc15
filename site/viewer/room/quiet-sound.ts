/** Two soft tones, in Hz, and how long they take, in s. */
const TONES = [523, 659]
const LONG = 0.16
/** Far below anything in the programme. */
const LOUDNESS = 0.04

let context: AudioContext | undefined

/** A sound that says something has happened. A browser that wants a touch first stays silent. */
export function playQuietly(): void {
  context ??= new AudioContext()
  if (context.state !== 'running') {
    context.resume().catch(() => {})
    return
  }
  TONES.forEach((frequency, i) => {
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
