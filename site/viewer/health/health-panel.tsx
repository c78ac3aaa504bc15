import { useState } from 'preact/hooks'
import type { HealthReport } from '../../../worker/live/messages/health.ts'
import { copyText } from '../../lib/copy-text.ts'
import { Icon } from '../../lib/icon.tsx'
import { DisplayCheckPlace } from '../display-check/place.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { Bars } from './bars.tsx'
import { asText, type Row, rowsOf } from './rows.ts'
import { barsOf, sayVerdict, valueIn } from './say.ts'
import { t } from './text.ts'
import type { Verdict } from './verdict.ts'

/** How one's own picture arrives, or for hosts somebody else's. */
export function HealthPanel({ kit }: { kit: Kit }) {
  const { health, live } = kit
  const subject = health.subject.value
  if (health.checking.value)
    return (
      <div class="body">
        <DisplayCheckPlace live={live} close={() => (health.checking.value = false)} />
      </div>
    )
  if (subject === null) {
    const numbers = { ...health.numbers.value, delay: health.delay.value }
    return <Measured kit={kit} title={t.own} verdict={health.verdict.value} numbers={numbers} own />
  }
  const person = live.people.value.find(({ id }) => id === subject)
  const report = health.reports.value.get(subject)
  const back = () => {
    health.subject.value = null
  }
  if (!person || !report)
    return (
      <div class="body">
        <div class="health-say">
          <p class="soft">{person ? t.nothingYet : t.left}</p>
          <BackButton back={back} />
        </div>
      </div>
    )
  const verdict = { ...report, value: valueIn(report.cause, report.numbers) }
  return (
    <Measured
      kit={kit}
      title={t.of(person.name)}
      verdict={verdict}
      numbers={report.numbers}
      checked={person.displayChecked}
      back={back}
    />
  )
}

interface MeasuredProps {
  kit: Kit
  title: string
  verdict: Verdict
  numbers: HealthReport['numbers']
  own?: true
  checked?: boolean
  back?: () => void
}

function Measured({ kit, title, verdict, numbers, own, checked, back }: MeasuredProps) {
  const { word, sentence } = sayVerdict(verdict)
  const rows = rowsOf(numbers)
  const display: Row[] =
    checked === undefined ? rows.display : [...rows.display, [t.rows.checked, checked ? t.yes : t.notYet]]
  return (
    <>
      <div class="body">
        <div class="health-say">
          {!own && <h3>{title}</h3>}
          <span class="row strong">
            <Bars level={barsOf(verdict.level)} />
            {word}
          </span>
          <p class="soft">{sentence}</p>
          {verdict.side !== 'unknown' && (
            <p class="soft">
              {t.side}: {t.sides[verdict.side]}
            </p>
          )}
          {back && <BackButton back={back} />}
        </div>
        <Rows title={t.sections.picture} rows={rows.picture} />
        <Rows title={t.sections.path} rows={rows.path} />
        <Rows title={own ? t.sections.display : t.sections.theirDisplay} rows={display} />
        <p class="measure-note">{numbers.delay?.how === 'chart' ? t.noteMeasured : t.note}</p>
      </div>
      <div class="panel-foot">
        <div class="row">
          {own && (
            <button
              type="button"
              class="button grow"
              onClick={() => {
                kit.health.checking.value = true
              }}
            >
              <Icon name="sun" />
              {t.check}
            </button>
          )}
          <Copy text={() => asText(title, `${word}. ${sentence}`, { ...rows, display })} />
        </div>
      </div>
    </>
  )
}

function BackButton({ back }: { back(): void }) {
  return (
    <button type="button" class="button ghost" onClick={back}>
      {t.toOwn}
    </button>
  )
}

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <>
      <div class="panel-head">
        <h3>{title}</h3>
      </div>
      <dl class="kv pad-kv">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Copy({ text }: { text(): string }) {
  const [copied, tell] = useState<boolean | null>(null)
  return (
    <button
      type="button"
      class="button"
      aria-live="polite"
      onClick={async () => tell(await copyText(text()))}
    >
      <Icon name="copy" />
      {copied === null ? t.copy : copied ? t.copied : t.notCopied}
    </button>
  )
}
