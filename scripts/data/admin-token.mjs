import { hkdfSync } from 'node:crypto'

/**
 * The admin token of a deployment that was given none: derived from its secret, so it is stored nowhere and stays the
 * same over restarts.
 * @param {string} secret
 */
export function deriveAdminToken(secret) {
  const bits = hkdfSync('sha256', secret, '', 'sightline/admin-token/v1', 24)
  return `sl_admin_${Buffer.from(bits).toString('base64url')}`
}
