/** The virtual host, as OME describes its configuration. The secret is not OME's: ours is not for showing. */
export function describeVhost(of: { vhost: string; controlUrl: string; timeoutMs: number }) {
  return {
    admissionWebhooks: {
      controlServerUrl: of.controlUrl,
      enables: { providers: 'rtmp,webrtc', publishers: 'webrtc,llhls,thumbnail' },
      secretKey: '',
      timeout: String(of.timeoutMs),
    },
    distribution: 'demonstration',
    host: { names: ['*'] },
    name: of.vhost,
  }
}

const ANY_ORIGIN = { crossDomains: { urls: ['*'] } }

/** The application: what the captures' Server.xml configured, without recording and SRT, which are not there. */
export function describeApp(name: string) {
  const audio = { bitrate: '128000', bypassIfMatch: { codec: 'eq' }, channel: '2', samplerate: '48000' }
  return {
    dynamic: false,
    name,
    outputProfiles: {
      decodes: { onlyKeyframes: 'true' },
      outputProfile: [
        {
          encodes: {
            audios: [
              { ...audio, codec: 'aac', name: 'aac_audio' },
              { ...audio, codec: 'opus', name: 'opus_audio' },
            ],
            images: [{ codec: 'jpeg', framerate: '1', height: '360', name: 'thumb', width: '640' }],
            videos: [{ bypass: 'true', name: 'bypass_video' }],
          },
          name: 'bypass_stream',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: OME's own placeholder.
          outputStreamName: '${OriginStreamName}',
        },
      ],
    },
    providers: { rtmp: {}, webrtc: { ...ANY_ORIGIN, timeout: '30000' } },
    publishers: {
      appWorkerCount: '1',
      hls: { createDefaultPlaylist: 'true', ...ANY_ORIGIN, segmentCount: '4', segmentDuration: '2' },
      llhls: {
        chunkDuration: '0.5',
        createDefaultPlaylist: 'true',
        ...ANY_ORIGIN,
        partHoldBack: '1.5',
        segmentCount: '10',
        segmentDuration: '2',
      },
      streamWorkerCount: '2',
      thumbnail: ANY_ORIGIN,
      webrtc: {
        createDefaultPlaylist: 'true',
        jitterBuffer: 'false',
        rtx: 'false',
        timeout: '30000',
        ulpfec: 'false',
      },
    },
    type: 'live',
  }
}
