import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serverFaults } from './ome/rules.ts'
import { readXml } from './ome/xml.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const tested = read('../test/fixtures/ome/ome-server.tested.xml')
const server = read('ome/Server.xml')
const abr = read('ome/Server.abr.xml')

const change = (from: string | RegExp, to: string) => {
  const changed = server.replace(from, to)
  expect(changed).not.toBe(server)
  return serverFaults(changed, tested)
}

describe('Server.xml', () => {
  it.each([
    ['Server.xml', server],
    ['Server.abr.xml', abr],
  ])('%s has no fault', (_, source) => {
    expect(serverFaults(source, tested)).toEqual([])
  })

  it('differs between the two in the output profiles alone', () => {
    const rest = (source: string) =>
      source.replace(/<OutputProfiles>[\s\S]*<\/OutputProfiles>/, '').replace(/<!--[\s\S]*?-->\s*/g, '')
    expect(rest(abr)).toBe(rest(server))
  })

  it.each<[string, string | RegExp, string, string[]]>([
    [
      'a provider without admission',
      'rtmp,srt,webrtc',
      'rtmp,webrtc',
      ['incoming srt is not under admission'],
    ],
    [
      'a publisher without admission',
      'webrtc,llhls,thumbnail',
      'webrtc,llhls',
      ['outgoing thumbnail is not under admission'],
    ],
    [
      'no admission at all',
      /<AdmissionWebhooks>[\s\S]*<\/AdmissionWebhooks>/,
      '',
      [
        ...['rtmp', 'srt', 'webrtc'].map(name => `incoming ${name} is not under admission`),
        ...['llhls', 'thumbnail', 'webrtc'].map(name => `outgoing ${name} is not under admission`),
        'the webhook secret is not taken from the environment',
        'admission may keep OME waiting for more than 3 s',
      ],
    ],
    [
      'outgoing SRT',
      /(<Publishers>\s*)(<LLHLS>)/,
      '$1<SRT><Port>9998</Port></SRT>$2',
      ['outgoing srt is bound', 'outgoing srt is not under admission'],
    ],
    [
      'OVT, even under admission',
      /(<Publishers>\s*)(<LLHLS>)/,
      '$1<OVT><Port>9000</Port></OVT>$2',
      [
        '/Server/Bind/Publishers/OVT is not known to OME',
        '/Server/Bind/Publishers/OVT/Port is not known to OME',
        'outgoing ovt is bound',
        'outgoing ovt is not under admission',
      ],
    ],
    [
      'HLS version 3 in the application',
      '<Thumbnail>\n\t\t\t\t\t\t\t<Cross',
      '<HLS /><Thumbnail>\n\t\t\t\t\t\t\t<Cross',
      ['hls is offered, not bound'],
    ],
    [
      'an API token with a default',
      'OME_API_TOKEN}',
      'OME_API_TOKEN:ome-access-token}',
      ['the API has no token from the environment'],
    ],
    [
      'an API token in the file',
      /\$\{env:OME_API_TOKEN\}/,
      'ome-access-token',
      ['the API has no token from the environment'],
    ],
    [
      'a webhook secret in the file',
      /<SecretKey>[^<]*(<\/SecretKey>\s*<Timeout>3000<\/Timeout>\s*<Enables>)/,
      '<SecretKey>1234$1',
      ['the webhook secret is not taken from the environment'],
    ],
    [
      'an alert secret in the file',
      /<SecretKey>[^<]*(<\/SecretKey>\s*<Timeout>3000<\/Timeout>\s*<Rules>)/,
      '<SecretKey>1234$1',
      ['the alert secret is not taken from the environment'],
    ],
    [
      'an API open to web pages',
      '</AccessToken>',
      '</AccessToken><CrossDomains><Url>*</Url></CrossDomains>',
      ['the API may be called from web pages'],
    ],
    ['no alert for B-frames', '<HasBFrames />', '', ['there is no alert for HasBFrames']],
    [
      'a patient webhook',
      /(<Timeout>)3000(<\/Timeout>\s*<Enables>)/,
      '$130000$2',
      ['admission may keep OME waiting for more than 3 s'],
    ],
    [
      'an element OME does not know',
      '<TcpForce>',
      '<TcpFast>true</TcpFast><TcpForce>',
      ['/Server/Bind/Providers/WebRTC/IceCandidates/TcpFast is not known to OME'],
    ],
    [
      'an included file',
      '<VirtualHosts>',
      '<VirtualHosts><VirtualHost include="VHost*.xml" />',
      [
        'another file is included, which nobody checks',
        ...['rtmp', 'srt', 'webrtc'].map(name => `incoming ${name} is not under admission`),
        ...['llhls', 'thumbnail', 'webrtc'].map(name => `outgoing ${name} is not under admission`),
        'the webhook secret is not taken from the environment',
        'admission may keep OME waiting for more than 3 s',
      ],
    ],
    [
      'a re-encoded picture',
      '<Bypass>true</Bypass>',
      '<Bypass>false</Bypass>',
      ['the first picture is not the one that came in'],
    ],
    [
      'no Opus',
      '<Codec>opus</Codec>',
      '<Codec>aac</Codec>',
      ['there is no Opus audio, and WebRTC carries no other'],
    ],
    ['a jitter buffer', '<JitterBuffer>false', '<JitterBuffer>true', ['WebRTC is buffered']],
  ])('would be faulted for %s', (_, from, to, faults) => {
    expect(change(from, to)).toEqual(faults)
  })
})

describe('readXml', () => {
  it('reads elements, attributes, text and comments', () => {
    expect(readXml('<?xml version="1.0"?><!-- a --><A x="1"><B>two</B><C /></A>')).toEqual({
      name: 'A',
      attributes: 'x="1"',
      text: '',
      children: [
        { name: 'B', attributes: '', text: 'two', children: [] },
        { name: 'C', attributes: '', text: '', children: [] },
      ],
    })
  })

  it.each([
    '',
    '<A>',
    '<A></B>',
    '</A>',
    '<A/><B/>',
    'text<A/>',
    '<A x=1/>',
    '<A>&nope;</A>',
    '<A><',
    '<A>1 < 2</A>',
  ])('refuses %s', source => {
    expect(() => readXml(source)).toThrow()
  })
})
