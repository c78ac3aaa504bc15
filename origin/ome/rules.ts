import { all, type Element, first, paths, readXml } from './xml.ts'

/** What may be bound. Outgoing SRT is missing because OME does not end it with its lease; OVT has no admission. */
const PROVIDERS = ['rtmp', 'srt', 'webrtc']
const PUBLISHERS = ['webrtc', 'llhls', 'thumbnail']
/** Settings of Application/Publishers that are not publishers. */
const NOT_PUBLISHERS = ['appworkercount', 'streamworkercount']

const HTTP_BINDS = [
  'Providers/WebRTC/Signalling',
  'Publishers/WebRTC/Signalling',
  'Publishers/LLHLS',
  'Publishers/Thumbnail',
]
const APP = '/Server/VirtualHosts/VirtualHost/Applications/Application'
/** Elements beyond those of the file that ran on a real OME, each from OME's own documentation. */
const DOCUMENTED = [
  ...HTTP_BINDS.map(bind => `/Server/Bind/${bind}/TLSPort`),
  ...['', '/CertPath', '/KeyPath', '/ChainCertPath'].map(
    e => `/Server/VirtualHosts/VirtualHost/Host/TLS${e}`,
  ),
  ...['', '/Name', '/FileName', '/Rendition', '/Rendition/Name', '/Rendition/Video', '/Rendition/Audio'].map(
    e => `${APP}/OutputProfiles/OutputProfile/Playlist${e}`,
  ),
  ...['Codec', 'Height', 'Bitrate', 'BFrames', 'Preset'].map(
    e => `${APP}/OutputProfiles/OutputProfile/Encodes/Video/${e}`,
  ),
]

/**
 * What is wrong with a Server.xml for use with Sightline; empty when nothing is.
 * @param tested a file that OME is known to accept: OME refuses to start on an element it does not know
 */
export function serverFaults(source: string, tested: string): string[] {
  const server = readXml(source)
  const faults: string[] = []
  const must = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault)
  }

  const known = new Set([...paths(readXml(tested)), ...DOCUMENTED])
  for (const path of paths(server)) must(known.has(path), `${path} is not known to OME`)
  must(!/include=/.test(source), 'another file is included, which nobody checks')

  const providers = names(first(server, 'Bind/Providers'))
  const publishers = names(first(server, 'Bind/Publishers'))
  for (const name of providers) must(PROVIDERS.includes(name), `incoming ${name} is bound`)
  for (const name of publishers) must(PUBLISHERS.includes(name), `outgoing ${name} is bound`)

  const hosts = all(server, 'VirtualHosts/VirtualHost')
  must(hosts.length > 0, 'there is no virtual host')
  for (const host of hosts) {
    const admission = first(host, 'AdmissionWebhooks')
    const asked = (kind: string) =>
      (admission &&
        first(admission, `Enables/${kind}`)
          ?.text.split(',')
          .map(name => name.trim())) ||
      []
    for (const name of providers)
      must(asked('Providers').includes(name), `incoming ${name} is not under admission`)
    for (const name of publishers)
      must(asked('Publishers').includes(name), `outgoing ${name} is not under admission`)
    must(
      isSecret(admission && first(admission, 'SecretKey')),
      'the webhook secret is not taken from the environment',
    )
    must(
      Number(admission && first(admission, 'Timeout')?.text) <= 3000,
      'admission may keep OME waiting for more than 3 s',
    )
    for (const app of all(host, 'Applications/Application')) checkApplication(app)
  }

  const api = first(server, 'Bind/Managers/API')
  must(
    !api || isSecret(first(server, 'Managers/API/AccessToken')),
    'the API has no token from the environment',
  )
  must(!first(server, 'Managers/API/CrossDomains'), 'the API may be called from web pages')

  const alert = first(server, 'Alert')
  must(!!alert && !!first(alert, 'Url')?.text, 'there are no alerts')
  must(isSecret(alert && first(alert, 'SecretKey')), 'the alert secret is not taken from the environment')
  for (const rule of ['LongKeyFrameInterval', 'HasBFrames'])
    must(!!alert && !!first(alert, `Rules/Ingress/${rule}`), `there is no alert for ${rule}`)
  return faults

  function checkApplication(app: Element) {
    for (const name of names(first(app, 'Providers')))
      must(providers.includes(name), `${name} is offered, not bound`)
    for (const name of names(first(app, 'Publishers')))
      must(publishers.includes(name) || NOT_PUBLISHERS.includes(name), `${name} is offered, not bound`)
    const encodes = 'OutputProfiles/OutputProfile/Encodes'
    must(
      first(app, `${encodes}/Video/Bypass`)?.text === 'true',
      'the first picture is not the one that came in',
    )
    must(
      all(app, `${encodes}/Audio/Codec`).some(codec => codec.text === 'opus'),
      'there is no Opus audio, and WebRTC carries no other',
    )
    must(first(app, 'Publishers/WebRTC/JitterBuffer')?.text === 'false', 'WebRTC is buffered')
  }
}

const names = (element: Element | undefined): string[] =>
  element?.children.map(child => child.name.toLowerCase()) ?? []

/** From the environment and without a default: a default in a public file is known to everybody. */
const isSecret = (element: Element | undefined): boolean => /^\$\{env:\w+\}$/.test(element?.text ?? '')
