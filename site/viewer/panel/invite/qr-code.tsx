import { useEffect, useState } from 'preact/hooks'
import { panel } from '../text.ts'

const t = panel.invite

type Drawn = ReturnType<typeof import('./qr-path.ts').qrPath>

/** A QR code, black on the one light plate that is there. What draws it is loaded for the first. */
export function QrCode({ label, text }: { label: string; text: string }) {
  const [drawn, tell] = useState<Drawn | 'failed' | null>(null)
  useEffect(() => {
    let gone = false
    import('./qr-path.ts').then(
      ({ qrPath }) => gone || tell(qrPath(text)),
      () => gone || tell('failed'),
    )
    return () => {
      gone = true
    }
  }, [text])
  if (drawn === 'failed')
    return (
      <p class="soft" role="alert">
        {t.noQr}
      </p>
    )
  // The place is kept while it is drawn: nothing below moves.
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={t.qr(label)}
      viewBox={`0 0 ${drawn?.size ?? 1} ${drawn?.size ?? 1}`}
    >
      {drawn && <path d={drawn.path} />}
    </svg>
  )
}
