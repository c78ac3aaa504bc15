/**
 * The few functions that OvenPlayer's engine uses of the library it was written with, so that the page does not carry
 * the library. `build.ts` puts this in its place; a function that is missing here fails the build.
 */
type Row = Record<string, unknown>

const matches = (row: Row, wanted: Row) => Object.entries(wanted).every(([key, value]) => row[key] === value)

export default {
  isArray: (value: unknown) => Array.isArray(value),
  isElement: (value: unknown) => value instanceof Element,
  isNaN: (value: unknown) => Number.isNaN(value),
  isNumber: (value: unknown) => typeof value === 'number',
  clone: <T>(value: T): T =>
    typeof value !== 'object' || value === null
      ? value
      : ((Array.isArray(value) ? [...value] : { ...value }) as T),
  every: <T>(list: Iterable<T> | null | undefined, test: (item: T) => boolean) =>
    [...(list ?? [])].every(test),
  filter: <T>(list: T[], test: (item: T) => boolean) => list.filter(test),
  findWhere: (list: Row[], wanted: Row) => list.find(row => matches(row, wanted)),
  pick: (row: Row, keys: string[]) =>
    Object.fromEntries(keys.filter(key => key in row).map(key => [key, row[key]])),
  reduce: <T, R>(list: T[], step: (sum: R, item: T) => R, start: R) => list.reduce(step, start),
}
