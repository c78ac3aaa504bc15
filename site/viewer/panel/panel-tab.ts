/** What the side panel can show, in the order of its tabs. */
export const panelTabs = ['chat', 'people'] as const
export type PanelTab = (typeof panelTabs)[number]

/** The tab that a key leads to, round and round; null when it is not one for tabs. */
export function tabAfter(tab: PanelTab, key: string): PanelTab | null {
  const last = panelTabs.length - 1
  const at = panelTabs.indexOf(tab)
  const to = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[key]
  return to === undefined ? null : (panelTabs[to] ?? null)
}
