import type { User } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { AuditGroup } from './actions.ts'
import { type AuditFilter, everything, isNarrow } from './filter.ts'

const ID = 'find-address'

/** Puts the cursor into the search. */
export const focusAddress = (): void => document.getElementById(ID)?.focus()

interface AuditFilterBarProps {
  filter: AuditFilter
  /** Who can sign in, as far as it may be seen. */
  users: readonly User[]
  onFilter: (filter: AuditFilter) => void
}

/** Which rows are shown. A room is chosen from one of its rows. */
export function AuditFilterBar({ filter, users, onFilter }: AuditFilterBarProps) {
  const set = (change: Partial<AuditFilter>) => onFilter({ ...filter, ...change })
  const f = t.audit.filter
  // Somebody else is chosen from one of their rows.
  const other = filter.actor !== '' && !users.some(user => user.id === filter.actor)
  const people = other ? [...users, { id: filter.actor, name: filter.actorName }] : users
  return (
    <search class="filter-bar audit-filter" aria-label={t.audit.filterLabel}>
      <div class="search">
        <Icon is="search" />
        <input
          id={ID}
          class="input"
          type="search"
          placeholder={f.address}
          aria-label={f.address}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellcheck={false}
          value={filter.address}
          onInput={e => set({ address: e.currentTarget.value })}
        />
      </div>
      <select
        class="input"
        aria-label={f.actor}
        value={filter.actor}
        onChange={e => {
          const actor = e.currentTarget.value
          set({ actor, actorName: people.find(p => p.id === actor)?.name ?? '' })
        }}
      >
        <option value="">{f.anybody}</option>
        {people.map(person => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
      <select
        class="input"
        aria-label={f.group}
        value={filter.group}
        onChange={e => set({ group: e.currentTarget.value as AuditFilter['group'] })}
      >
        <option value="">{f.allGroups}</option>
        {(Object.keys(t.audit.groups) as AuditGroup[]).map(group => (
          <option key={group} value={group}>
            {t.audit.groups[group]}
          </option>
        ))}
      </select>
      <select
        class="input outcome"
        aria-label={f.outcome}
        value={filter.outcome}
        onChange={e => set({ outcome: e.currentTarget.value as AuditFilter['outcome'] })}
      >
        <option value="">{f.allOutcomes}</option>
        <option value="done">{t.audit.outcomes.done}</option>
        <option value="refused">{t.audit.outcomes.refused}</option>
      </select>
      {/* A line of its own, with room for what comes and goes: nothing moves. */}
      <div class="line">
        <Day label={f.from} value={filter.from} onValue={from => set({ from })} />
        <Day label={f.to} value={filter.to} onValue={to => set({ to })} />
        {filter.room !== '' && (
          <Button icon="close" label={f.anyRoom} onClick={() => set({ room: '' })}>
            {f.oneRoom}
          </Button>
        )}
        <Button kind="ghost" disabled={!isNarrow(filter)} onClick={() => onFilter(everything)}>
          {f.clear}
        </Button>
      </div>
    </search>
  )
}

function Day({ label, value, onValue }: { label: string; value: string; onValue: (day: string) => void }) {
  return (
    <label class="day">
      <span>{label}</span>
      <input class="input" type="date" value={value} onInput={e => onValue(e.currentTarget.value)} />
    </label>
  )
}
