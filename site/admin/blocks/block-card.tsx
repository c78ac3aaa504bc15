import { useState } from 'preact/hooks'
import type { Block, User } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { Address } from '../ui/address.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { ListCard } from '../ui/list-card.tsx'
import { BlockDialog } from './block-dialog.tsx'

interface BlockCardProps {
  blocks: readonly Block[]
  /** Those whose names are known. */
  users: readonly User[]
  onMore: (() => void) | undefined
  onChanged: () => Promise<void>
}

/** Addresses that are kept out, why and until when. */
export function BlockCard({ blocks, users, onMore, onChanged }: BlockCardProps) {
  const [adding, setAdding] = useState(false)
  const [lifting, setLifting] = useState<Block | null>(null)
  const c = t.blocks.columns
  const now = here()
  return (
    <ListCard
      title={t.blocks.title}
      items={blocks}
      columns={[c.block, c.reason, c.until, c.by]}
      none={t.blocks.none}
      action={
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t.blocks.new}
        </Button>
      }
      row={block => (
        <tr key={block.id}>
          <td>
            <b>
              <Address is={block.block} />
            </b>
          </td>
          <td data-l={c.reason}>{block.reason || <span class="dim">{t.blocks.noReason}</span>}</td>
          <td data-l={c.until}>
            {block.until === null ? t.links.noEnd : sayWhen(Date.parse(block.until), now)}
          </td>
          <td data-l={c.by}>
            {byWhom(block, users)}
            <span class="sub">{sayWhen(Date.parse(block.createdAt), now)}</span>
          </td>
          <td class="menu">
            <Button kind="ghost" label={t.blocks.liftOf(block.block)} onClick={() => setLifting(block)}>
              {t.blocks.liftWord}
            </Button>
          </td>
        </tr>
      )}
      onMore={onMore}
    >
      {adding && <BlockDialog onClose={() => setAdding(false)} onMade={() => void onChanged()} />}
      {lifting && (
        <ConfirmDialog
          title={t.blocks.liftTitle(lifting.block)}
          says={[t.blocks.liftSay, ...(lifting.source === 'sign-in' ? [t.blocks.liftSignIn] : [])]}
          word={t.blocks.lift}
          onClose={() => setLifting(null)}
          act={async () => {
            await api.liftBlock(lifting.id)
            announce(t.blocks.lifted(lifting.block))
            void onChanged()
          }}
        />
      )}
    </ListCard>
  )
}

/** Who blocked it, as far as it can be said. */
function byWhom({ source, createdBy }: Block, users: readonly User[]): string {
  if (source === 'sign-in') return t.blocks.bySignIn
  if (createdBy === null) return t.blocks.byMachine
  return users.find(user => user.id === createdBy)?.name ?? t.blocks.byOther
}
