import Database from 'libsql'
import { decodeValue, encodeValue } from './values.mjs'

/**
 * @typedef {import('./values.mjs').SqlValue} SqlValue
 * @typedef {{ sql: string, args?: import('./values.mjs').HranaValue[], want_rows?: boolean,
 *   named_args?: { name: string, value: import('./values.mjs').HranaValue }[] }} Statement
 */

/** One connection to the embedded database, with the settings that every part of Sightline opens it with. */
export class Connection {
  #db

  /** @param {string} file */
  constructor(file) {
    this.#db = new Database(file)
    this.#db.pragma('busy_timeout = 5000')
    this.#db.pragma('journal_mode = WAL')
    this.#db.pragma('synchronous = NORMAL')
    this.#db.pragma('foreign_keys = ON')
  }

  get inTransaction() {
    return this.#db.inTransaction
  }

  /**
   * Runs one statement.
   * @param {Statement} request
   */
  execute({ sql, args = [], named_args = [], want_rows = true }) {
    const statement = this.#db.prepare(sql).safeIntegers(true)
    const bound = named_args.length
      ? Object.fromEntries(named_args.map(a => [a.name.replace(/^[:@$]/, ''), decodeValue(a.value)]))
      : args.map(decodeValue)
    const before = this.#number('SELECT total_changes()')
    const columns = statement.reader ? statement.columns() : []
    const rows = statement.reader ? /** @type {SqlValue[][]} */ (statement.raw(true).all(bound)) : []
    if (!statement.reader) statement.run(bound)
    const changed = this.#number('SELECT total_changes()') !== before
    return {
      cols: columns.map(describeColumn),
      rows: want_rows ? rows.map(row => row.map(encodeValue)) : [],
      affected_row_count: changed ? this.#number('SELECT changes()') : 0,
      last_insert_rowid: changed ? String(this.#number('SELECT last_insert_rowid()')) : null,
    }
  }

  /**
   * Runs a script of several statements without arguments.
   * @param {string} sql
   */
  run(sql) {
    this.#db.exec(sql)
  }

  /** @param {string} sql */
  describe(sql) {
    const statement = this.#db.prepare(sql)
    return {
      params: [],
      cols: statement.reader ? statement.columns().map(describeColumn) : [],
      is_explain: /^\s*explain\b/i.test(sql),
      is_readonly: Boolean(statement.readonly),
    }
  }

  rollback() {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
  }

  close() {
    this.#db.close()
  }

  /** @param {string} sql of one row with one number */
  #number(sql) {
    return /** @type {[number]} */ (this.#db.prepare(sql).raw(true).get())[0]
  }
}

/** @param {{ name: string, type?: string | null }} column */
const describeColumn = column => ({ name: column.name, decltype: column.type ?? null })
