import { watchOverHls } from './hls.ts'
import { journeyWith } from './journey.ts'

/** As behind a firewall that lets no UDP through. File-wide: a browser is started this way or not at all. */
const journey = journeyWith('--webrtc-ip-handling-policy=disable_non_proxied_udp')

journey('where UDP does not get through, the picture comes over LL-HLS', ({ product, people }) =>
  watchOverHls({ product, people }),
)
