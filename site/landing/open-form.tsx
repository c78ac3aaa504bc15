import { useEffect, useRef, useState } from 'preact/hooks'
import { Glyph } from '../lib/glyph.tsx'
import type { Api } from './api.ts'
import { readEntry } from './read-entry.ts'
import { t } from './text.ts'

interface OpenFormProps {
  find: Api['find']
  origin: string
  /** Leaves this page. */
  go(href: string): void
}

interface Fault {
  is: keyof typeof t.faults
  /** Of a room that is not public, where there may be a door. */
  slug?: string
}

/** Takes a link or a room's name. What is pasted stays in this page: only a name is ever asked about. */
export function OpenForm({ find, origin, go }: OpenFormProps) {
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    // Where a finger types, a keyboard would cover the list.
    if (matchMedia('(hover: hover)').matches) input.current?.focus()
  }, [])

  const refuse = (said: Fault) => {
    setFault(said)
    input.current?.focus()
  }

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const entry = readEntry(input.current?.value ?? '', origin)
    if (entry.is === 'link') return go(entry.href)
    if (entry.is !== 'room') return refuse(entry)
    setFault(null)
    setBusy(true)
    const found = await find(entry.slug)
    setBusy(false)
    if (typeof found === 'object') go(found.href)
    else refuse(found === 'not-there' ? { is: found, slug: entry.slug } : { is: found })
  }

  return (
    <form onSubmit={send} noValidate>
      <div class="field">
        <label for="entry">{t.form.label}</label>
        <input
          id="entry"
          ref={input}
          class="input large"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          maxLength={2000}
          aria-invalid={fault !== null}
          aria-describedby="fault"
          onInput={() => setFault(null)}
        />
      </div>
      <p id="fault" class="status poor" role="alert" hidden={!fault}>
        {fault && (
          <>
            <Glyph name="poor" />
            <span>{t.faults[fault.is]}</span>
          </>
        )}
      </p>
      {fault?.slug && <a href={`/r/${fault.slug}`}>{t.door}</a>}
      <button type="submit" class="button primary large wide" aria-busy={busy}>
        {busy ? t.form.opening : t.form.open}
      </button>
    </form>
  )
}
