import { newId } from '../crypto/id.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { networkOf } from '../net/address.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { blockKey, boundsOf } from './bounds.ts'
import { Block, BlockList, BlockQuery, NewBlock } from './schema.ts'
import { slipIn } from './spared.ts'
import { addBlock, type BlockRow, liftBlock, liftBlocksOf, listBlocks } from './store.ts'

const blockOf = ({ until, createdAt, ...row }: BlockRow): Block => ({
  ...row,
  until: iso(until),
  createdAt: iso(createdAt)!,
})

export const blockRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/blocks',
    who: { right: 'blocks' },
    summary: 'The blocked addresses, newest first',
    query: BlockQuery,
    answers: { 200: BlockList },
    async handle({ c, app, query }) {
      const { items, next } = await listBlocks(app.db, query, app.now())
      return c.json({ items: items.map(blockOf), next } satisfies BlockList, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/blocks',
    who: { right: 'blocks' },
    audit: { action: 'block.add', kind: 'block' },
    summary: 'Block an address or a CIDR block',
    body: NewBlock,
    answers: { 201: Block, 409: null },
    async handle({ c, app, body, caller, address, tell }) {
      tell({ name: body.block })
      const now = app.now()
      const { reason = '', until = null } = body
      if (until !== null && until <= now) throw invalid([{ field: 'until', detail: 'must be in the future' }])
      const network = networkOf(body.block)!
      const { trustedProxies } = app.config
      const slip = slipIn(network, address, trustedProxies)
      if (slip) throw new Problem(409, 'blocks_yourself', slip)
      const fields = { id: newId(), reason, until, createdBy: caller.kind === 'user' ? caller.id : null }
      const row = await addBlock(app.db, boundsOf(network), fields, now)
      tell({ id: row.id, name: row.block })
      return c.json(blockOf(row), 201, { ...NO_STORE, Location: `/api/blocks/${row.id}` })
    },
  }),
  route({
    method: 'delete',
    path: '/api/blocks/:id',
    who: { right: 'blocks' },
    audit: { action: 'block.lift', kind: 'block' },
    summary: 'Lift a block, or in its place of an id all blocks that cover an address',
    answers: { 204: null, 404: null },
    async handle({ c, app, params, tell }) {
      const [id, now] = [params.id!, app.now()]
      const key = blockKey(id)
      const lifted = await (key === null ? liftBlock(app.db, id, now) : liftBlocksOf(app.db, key, now))
      if (!lifted.length) throw notFound()
      tell({ name: lifted.join(', ') })
      return c.body(null, 204)
    },
  }),
]
