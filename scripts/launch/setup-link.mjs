/**
 * Asks the server that was just started for a set-up link; the one before stops.
 * @param {{ url: string, token: string, people: string }} where `people`: the address that people open
 * @returns {Promise<string | undefined>} undefined when there is an owner
 * @throws {Error} when the server says something else
 */
export async function askSetupLink({ url, token, people }) {
  const answer = await fetch(`${url}/api/setup-link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  const body = await answer.json()
  if (answer.status === 409 && body.code === 'owner_exists') return undefined
  if (!answer.ok) throw new Error(`POST /api/setup-link was answered ${answer.status}. ${body.detail ?? ''}`)
  const { pathname, hash } = new URL(body.url)
  return people + pathname + hash
}
