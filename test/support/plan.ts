import { memoryDatabase, type TestDatabase } from './database.ts'

/** A statement that the app ran, and the steps by which SQLite carries it out. */
export interface Plan {
  sql: string
  steps: string[]
}

/** The plans of what was run since round trips were last counted, each statement once. */
export async function plansOf({ statements }: TestDatabase): Promise<Plan[]> {
  // A database apart: libSQL's driver leaves an explained write in progress, and then nothing can be committed.
  const client = await memoryDatabase()
  const seen = new Map(statements.map(statement => [statement.sql, statement]))
  const plans: Plan[] = []
  for (const { sql, args } of seen.values()) {
    const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args: args as never })
    plans.push({ sql, steps: rows.map(row => String(row.detail)) })
  }
  client.close()
  return plans
}

/** The steps that read a whole table, by the name the statement has for it. A row of constants is no table. */
export const scans = ({ steps }: Plan): string[] =>
  steps.filter(step => /^SCAN /.test(step) && !/^SCAN (CONSTANT ROW|\d+ CONSTANT ROWS)/.test(step))
