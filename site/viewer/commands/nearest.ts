/** Of these names, the one that was probably meant; null when none is near. */
export function nearest(typed: string, names: readonly string[]): string | null {
  let best: string | null = null
  let least = typed.length > 3 ? 3 : 2
  for (const name of names) {
    const far = distance(typed, name)
    if (far < least) {
      best = name
      least = far
    }
  }
  return best ?? (typed.length > 1 ? (names.find(name => name.startsWith(typed)) ?? null) : null)
}

/** How many letters are to be put in, left out, changed or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const above = rows[i - 1]!
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + Number(a[i - 1] !== b[j - 1]))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
