/**
 * A value as Hrana's JSON writes it.
 * @typedef {{ type: 'null' } | { type: 'integer', value: string } | { type: 'float', value: number }
 *   | { type: 'text', value: string } | { type: 'blob', base64: string }} HranaValue
 * @typedef {null | bigint | number | string | Uint8Array} SqlValue
 */

/**
 * @param {SqlValue} value as the database gives it, integers as bigint
 * @returns {HranaValue}
 */
export function encodeValue(value) {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: Buffer.from(value).toString('base64').replace(/=+$/, '') }
}

/**
 * @param {HranaValue} value
 * @returns {SqlValue}
 * @throws {Error} for a type that Hrana does not have
 */
export function decodeValue(value) {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'float':
    case 'text':
      return value.value
    case 'blob':
      return Buffer.from(value.base64, 'base64')
    default:
      throw new Error('Unknown type of value')
  }
}
