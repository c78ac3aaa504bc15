/** @type {Record<import('./server.mjs').Runtime, string>} */
const names = { node: 'Node', deno: 'Deno', workerd: 'workerd (Cloudflare Workers)' }

/**
 * What a person reads once the server runs. No secret is in it but those made for them here.
 * @param {object} facts
 * @param {string} facts.version
 * @param {import('./server.mjs').Runtime} facts.runtime
 * @param {string} facts.url
 * @param {string | undefined} facts.setupLink only while there is no owner
 * @param {string | undefined} facts.reviewLink only with the demonstration origin
 * @param {boolean} facts.originConfigured
 * @param {string} facts.dataFolder
 */
export function banner({ version, runtime, url, setupLink, reviewLink, originConfigured, dataFolder }) {
  /** @type {[string, string][]} */
  const rows = [
    reviewLink ? ['Review link', reviewLink] : ['Address', url],
    setupLink ? ['Set up', setupLink] : ['Admin', `${url}/admin`],
    ['Data', dataFolder],
  ]
  const setUp = setupLink
    ? [
        'The set-up link works once, for 30 minutes: it makes you the owner. Each start prints a new one until then.',
      ]
    : []
  const notes = reviewLink
    ? [
        'The picture comes from a built-in demonstration origin, for seeing and testing only.',
        'For your own OvenMediaEngine set OME_API_URL: docs/configuration.md.',
      ]
    : originConfigured
      ? []
      : ['No origin is configured, so nothing can be published. Set OME_API_URL: docs/configuration.md.']
  return [
    '',
    `  Sightline ${version} runs on ${names[runtime]}`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`),
    '',
    ...[...setUp, ...notes, 'Ctrl-C stops it.'].map(note => `  ${note}`),
    '',
  ].join('\n')
}
