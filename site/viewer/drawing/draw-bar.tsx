import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../../lib/icon.tsx'
import { drawing as t } from '../../text/en.ts'
import type { Kit } from '../instruments/kit.tsx'
import { inks, tools, weights } from './bounds.ts'
import type { Tool } from './stroke.ts'

const toolLooks: Record<Tool, { icon: IconName; key: string }> = {
  pen: { icon: 'pen', key: 'B' },
  arrow: { icon: 'arrow', key: 'A' },
  rectangle: { icon: 'rect', key: 'R' },
  ellipse: { icon: 'ellipse', key: 'E' },
}

/** Takes the place of the control bar while somebody draws. */
export function DrawBar({ kit: { drawing, live, mode } }: { kit: Kit }) {
  const forNote = mode.value === 'note'
  const hosting = live.you.value?.permissions.includes('op') ?? false
  return (
    <div class="draw-bar" role="toolbar" aria-label={t.bar}>
      <div class="group">
        {tools.map(tool => (
          <button
            key={tool}
            type="button"
            class="button ghost"
            title={t.withKey(t.tools[tool], toolLooks[tool].key)}
            aria-keyshortcuts={toolLooks[tool].key}
            aria-pressed={drawing.tool.value === tool}
            onClick={() => {
              drawing.tool.value = tool
            }}
          >
            <Icon name={toolLooks[tool].icon} />
            <span class="sr">{t.tools[tool]}</span>
          </button>
        ))}
      </div>
      <span class="vr" />
      <Inks drawing={drawing} />
      <span class="vr narrow-off" />
      <fieldset class="group narrow-off" aria-label={t.weight}>
        {weights.map(weight => (
          <button
            key={weight}
            type="button"
            class="button ghost weight"
            style={{ '--w': `${weight}px` }}
            title={t.weights[weight]}
            aria-label={t.weights[weight]}
            aria-pressed={drawing.weight.value === weight}
            onClick={() => {
              drawing.weight.value = weight
            }}
          />
        ))}
      </fieldset>
      <p class="draw-said" role="status">
        {drawing.said.value}
      </p>
      <div class="group">
        <Act icon="undo" name={t.undo} keyName="Ctrl+Z" run={drawing.undo}>
          <span class="sr">{t.undo}</span>
        </Act>
        <Act icon="trash" name={t.clear} keyName="Delete" run={() => drawing.clear()}>
          <span class="sr">{t.clear}</span>
        </Act>
        {hosting && !forNote && (
          <button type="button" class="button ghost" onClick={() => drawing.clear(true)}>
            {t.clearAll}
          </button>
        )}
        <button type="button" class="button done" onClick={drawing.end}>
          {t.done} <kbd class="narrow-off">Esc</kbd>
        </button>
      </div>
    </div>
  )
}

/** One of six, as a group of radio buttons: the arrows go from one to the next. */
function Inks({ drawing }: Pick<Kit, 'drawing'>) {
  const turn = (by: number) => {
    const at = (inks.indexOf(drawing.ink.value) + by + inks.length) % inks.length
    drawing.ink.value = inks[at]!
  }
  const pressed = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    turn(by)
    const buttons = (event.currentTarget as HTMLElement).querySelectorAll('button')
    buttons[inks.indexOf(drawing.ink.value)]?.focus()
  }
  return (
    <div class="group" role="radiogroup" aria-label={t.ink} onKeyDown={pressed}>
      {inks.map((ink, i) => {
        const chosen = drawing.ink.value === ink
        return (
          // biome-ignore lint/a11y/useSemanticElements: a swatch, whose colour is its face
          <button
            key={ink}
            type="button"
            class="swatch"
            role="radio"
            aria-checked={chosen}
            tabIndex={chosen ? 0 : -1}
            style={{ '--c': `var(--pen-${ink})` }}
            title={t.withKey(t.inks[ink], String(i + 1))}
            aria-label={t.inks[ink]}
            aria-keyshortcuts={String(i + 1)}
            onClick={() => {
              drawing.ink.value = ink
            }}
          />
        )
      })}
    </div>
  )
}

interface ActProps {
  icon: IconName
  name: string
  keyName: string
  run(): void
  children: ComponentChildren
}

function Act({ icon, name, keyName, run, children }: ActProps) {
  return (
    <button
      type="button"
      class="button ghost"
      title={t.withKey(name, keyName)}
      aria-keyshortcuts={keyName === 'Ctrl+Z' ? 'Control+Z' : keyName}
      onClick={run}
    >
      <Icon name={icon} />
      {children}
    </button>
  )
}
