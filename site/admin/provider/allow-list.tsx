import type { AllowRule } from '../api/client.ts'
import type { Faults } from '../forms/faults.ts'
import { sayFault } from '../forms/say-fault.ts'
import { t } from '../text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Status } from '../ui/glyph.tsx'
import { type RuleDraft, ruleField, withNewRule } from './provider-draft.ts'

interface AllowListProps {
  allow: readonly RuleDraft[]
  faults: Faults
  onAllow: (allow: RuleDraft[]) => void
}

const kinds = ['email', 'domain', 'group'] as const
const roles = ['operator', 'admin'] as const

/** Who of the provider's people comes in, and as what. */
export function AllowList({ allow, faults, onAllow }: AllowListProps) {
  const g = t.settings.provider
  const change = (row: number, to: Partial<AllowRule>) =>
    onAllow(allow.map(rule => (rule.row === row ? { ...rule, ...to } : rule)))
  return (
    <fieldset class="allow-list">
      <legend>{g.allow}</legend>
      {allow.length === 0 && (
        <p>
          <Status is="fair">{g.admitsNobody}</Status>
        </p>
      )}
      {allow.map((rule, index) => {
        const fault = faults[ruleField(index)]
        const note = `rule-${rule.row}-note`
        return (
          <div class="rule" key={rule.row}>
            <select
              class="input"
              aria-label={g.kind}
              value={rule.kind}
              onChange={e => change(rule.row, { kind: e.currentTarget.value as AllowRule['kind'] })}
            >
              {kinds.map(kind => (
                <option key={kind} value={kind}>
                  {g.kinds[kind]}
                </option>
              ))}
            </select>
            <input
              class="input"
              aria-label={g.kinds[rule.kind]}
              placeholder={g.examples[rule.kind]}
              value={rule.value}
              maxLength={254}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-invalid={fault ? true : undefined}
              aria-describedby={fault ? note : undefined}
              onInput={e => change(rule.row, { value: e.currentTarget.value })}
            />
            <select
              class="input"
              aria-label={g.role}
              value={rule.role}
              onChange={e => change(rule.row, { role: e.currentTarget.value as AllowRule['role'] })}
            >
              {roles.map(role => (
                <option key={role} value={role}>
                  {t.roles[role]}
                </option>
              ))}
            </select>
            <IconButton
              icon="close"
              label={g.removeRule(rule.value)}
              onClick={() => onAllow(allow.filter(other => other.row !== rule.row))}
            />
            {fault && (
              <span class="fault" id={note}>
                {sayFault(fault)}
              </span>
            )}
          </div>
        )
      })}
      <div>
        <Button icon="plus" onClick={() => onAllow(withNewRule(allow))}>
          {g.addRule}
        </Button>
      </div>
      <p class="dim small">{g.allowHint}</p>
    </fieldset>
  )
}
