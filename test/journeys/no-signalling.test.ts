import { watchOverHls } from './hls.ts'
import { journey } from './journey.ts'

journey(
  'where no WebSocket gets through, the room is asked and the picture comes over LL-HLS',
  ({ product, people }) =>
    watchOverHls(
      { product, people },
      { prepare: page => page.routeWebSocket(/\/(app|api)\//, socket => socket.close()) },
    ),
)
