import { createClient } from '@libsql/client/web'

/**
 * Applies schema.sql to a database that is reached over HTTP.
 * @param {NodeJS.ProcessEnv} env with DATABASE_URL and, if it wants one, DATABASE_AUTH_TOKEN
 * @param {string} schema
 */
export async function applySchema({ DATABASE_URL: url = '', DATABASE_AUTH_TOKEN: authToken }, schema) {
  const db = createClient({ url, ...(authToken ? { authToken } : {}) })
  try {
    await db.executeMultiple(schema)
  } finally {
    db.close()
  }
}
