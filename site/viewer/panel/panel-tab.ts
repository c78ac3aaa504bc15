/** What the side panel can show beside its tabs, opened from elsewhere. */
const asides = ['health'] as const
export type PanelAside = (typeof asides)[number]

/** What stands in its row of tabs. */
export const panelTabs = ['chat', 'people', 'notes'] as const
export type ListedTab = (typeof panelTabs)[number]
export type PanelTab = ListedTab | PanelAside

export const isAside = (tab: PanelTab): tab is PanelAside => (asides as readonly string[]).includes(tab)

/** The tab that a key leads to, round and round; null when it is not one for tabs. */
export function tabAfter(tab: ListedTab, key: string): ListedTab | null {
  const last = panelTabs.length - 1
  const at = panelTabs.indexOf(tab)
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[key]
  return to === undefined ? null : (panelTabs[to] ?? null)
}
