/** What the side panel can show beside its tabs, opened from elsewhere. */
const asides = ['health'] as const
export type PanelAside = (typeof asides)[number]

/** What stands in its row of tabs. */
export type ListedTab = 'chat' | 'people' | 'notes' | 'calibration'
export type PanelTab = ListedTab | PanelAside

export const isAside = (tab: PanelTab): tab is PanelAside => (asides as readonly string[]).includes(tab)

/** The tabs of somebody, in their order. */
export const tabsFor = (hosting: boolean): readonly ListedTab[] =>
  hosting ? ['chat', 'people', 'notes', 'calibration'] : ['chat', 'people', 'notes']

/** The tab that a key leads to, round and round; null when it is not one for tabs. */
export function tabAfter(tabs: readonly ListedTab[], tab: ListedTab, key: string): ListedTab | null {
  const last = tabs.length - 1
  const at = tabs.indexOf(tab)
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[key]
  return to === undefined ? null : (tabs[to] ?? null)
}
