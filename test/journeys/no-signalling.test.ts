import { watchOverHls } from './hls.ts'
import { journey } from './journey.ts'

journey('where WebSockets do not get through, the picture comes over LL-HLS', ({ product, people }) =>
  watchOverHls(
    { product, people },
    { prepare: page => page.routeWebSocket(/\/app\//, socket => socket.close()) },
  ),
)
