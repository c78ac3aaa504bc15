import { commands as t } from '../../text/en.ts'

/** A choice of this device that `/set` knows. */
export interface Setting {
  read(): boolean | number | string
  /** False when the value does not fit. */
  write(value: unknown): boolean
  /** Back to what it is for everybody. */
  reset(): void
}

const settings = new Map<string, Setting>()

/** Makes a setting known under a name, for as long as the page lives. */
export function offerSetting(name: string, setting: Setting): void {
  settings.set(name, setting)
}

/** The settings with their values, by name; of one of them when it is named. */
export function listSettings(): readonly string[] {
  return [...settings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name]) => lineOf(name))
}

/** Changes one; `undefined` sets it back. @returns what it is now, or why it stayed */
export function changeSetting(name: string, value: unknown): { now: string } | { wrong: string } {
  const setting = settings.get(name)
  if (!setting) return { wrong: t.setting.unknown(name) }
  if (value === undefined) setting.reset()
  else if (!setting.write(value)) return { wrong: t.setting.wrong(name) }
  return { now: lineOf(name) }
}

const lineOf = (name: string): string => t.setting.is(name, JSON.stringify(settings.get(name)?.read()))
