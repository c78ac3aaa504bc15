import type { AllowRule, NewProviderSettings, ProviderSettings } from '../api/client.ts'
import type { Fault, Faults } from '../forms/faults.ts'

/** A rule as the form holds it; `row` tells rows apart while they are typed. */
export type RuleDraft = AllowRule & { row: number }

/** The sign-in provider as its form holds it. An empty secret keeps the one there is, or stands for none. */
export interface ProviderDraft {
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  scope: string
  groupsClaim: string
  allow: readonly RuleDraft[]
}

export const providerDraft = (settings: ProviderSettings): ProviderDraft => ({
  name: settings.name ?? '',
  issuer: settings.issuer ?? '',
  clientId: settings.clientId ?? '',
  clientSecret: '',
  scope: settings.scope,
  groupsClaim: settings.groupsClaim,
  allow: settings.allow.map((rule, row) => ({ ...rule, row })),
})

/** One more rule, empty, for the least that can be given. */
export const withNewRule = (allow: readonly RuleDraft[]): RuleDraft[] => [
  ...allow,
  { kind: 'email', value: '', role: 'operator', row: Math.max(-1, ...allow.map(rule => rule.row)) + 1 },
]

/** Where a fault of the nth rule stands, here and in the server's answers. */
export const ruleField = (index: number): string => `allow.${index}.value`

/** What would not work. A secret is good for the issuer and client it was given for, and is never sent to others. */
export function providerFaults(draft: ProviderDraft, settings: ProviderSettings): Faults {
  const moved = draft.issuer.trim() !== settings.issuer || draft.clientId.trim() !== settings.clientId
  const faults: Record<string, Fault | null> = {
    name: needed(draft.name),
    issuer: needed(draft.issuer) ?? issuerFault(draft.issuer),
    clientId: needed(draft.clientId),
    clientSecret: settings.secret && moved && draft.clientSecret === '' ? { is: 'secret-again' } : null,
    scope: needed(draft.scope),
    groupsClaim: needed(draft.groupsClaim),
  }
  for (const [index, rule] of draft.allow.entries()) faults[ruleField(index)] = ruleFault(rule)
  return Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, Fault] => entry[1] !== null),
  )
}

const needed = (text: string): Fault | null => (text.trim() === '' ? { is: 'empty' } : null)

/** Only over TLS; this machine's own provider, for trying it out, may do without. */
function issuerFault(text: string): Fault | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url?.protocol === 'https:' || local ? null : { is: 'issuer' }
}

function ruleFault({ kind, value }: AllowRule): Fault | null {
  const typed = value.trim()
  if (typed === '') return { is: 'empty' }
  if (kind === 'email' && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(typed)) return { is: 'email' }
  if (kind === 'domain' && !/^[^\s@.]+(\.[^\s@.]+)+$/.test(typed)) return { is: 'domain' }
  return null
}

/** A form without faults → the body of `PUT /api/settings/oidc`. */
export function providerBody(draft: ProviderDraft, settings: ProviderSettings): NewProviderSettings {
  const body: NewProviderSettings = {
    name: draft.name.trim(),
    issuer: draft.issuer.trim(),
    clientId: draft.clientId.trim(),
    scope: draft.scope.trim(),
    groupsClaim: draft.groupsClaim.trim(),
    allow: draft.allow.map(({ kind, value, role }) => ({ kind, value: value.trim(), role })),
  }
  if (draft.clientSecret !== '') body.clientSecret = draft.clientSecret
  else if (!settings.secret) body.clientSecret = null
  return body
}
