import { Icon } from '../../lib/icon.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { Bars } from './bars.tsx'
import { barsOf, sayBehind, sayCause } from './say.ts'
import { t } from './text.ts'

const needy = ['fair', 'poor', 'lost'] as const

/** In the top bar: how the picture arrives; for hosts, whether others need help. It opens what is behind it. */
export function VerdictButton({ kit }: { kit: Kit }) {
  const { live, health } = kit
  const you = live.you.value
  const hosting = you?.permissions.includes('op') ?? false
  const waiting = live.people.value.filter(
    person => person.id !== you?.id && (needy as readonly string[]).includes(person.health),
  ).length
  if (hosting && waiting > 0 && health.verdict.value.level === 'good')
    return (
      <button
        type="button"
        class="verdict"
        aria-label={t.needHelpShort(waiting)}
        onClick={() => kit.openPanel('people')}
      >
        <Bars level={2} />
        <span>
          <b>
            <span class="narrow-off">{t.needHelp(waiting)} </span>
            <span class="only-narrow">{waiting} </span>
            {t.needHelpMore(waiting)}
          </b>
        </span>
      </button>
    )
  const verdict = health.verdict.value
  const word = t.levels[verdict.level]
  const more =
    verdict.level === 'good'
      ? sayBehind({ ...health.numbers.value, delay: health.delay.value })
      : sayCause(verdict)
  const open = () => {
    const shown = kit.tab.value === 'health' && health.subject.value === null
    health.subject.value = null
    if (shown) kit.closePanel()
    else kit.openPanel('health')
  }
  return (
    <button
      type="button"
      class="verdict"
      aria-label={t.label(more ? `${word}, ${more}` : word)}
      aria-expanded={kit.tab.value === 'health'}
      onClick={open}
    >
      <Bars level={barsOf(verdict.level)} />
      <span>
        <b>{word}</b>
        {more && <span class="narrow-off wide-only"> · {more}</span>}
      </span>
    </button>
  )
}

/** Where the picture will be: something to do until it is there. */
export function CheckButton({ kit }: { kit: Kit }) {
  const open = () => {
    kit.health.checking.value = true
    kit.openPanel('health')
  }
  return (
    <button type="button" class="button" onClick={open}>
      <Icon name="sun" />
      {t.check}
    </button>
  )
}
