import { Fragment } from 'preact'
import type { Seat } from '../../../worker/rooms/schema.ts'
import { protocolName } from '../room/protocol-name.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayClock, sayDuration } from '../time/say.ts'
import { Address } from '../ui/address.tsx'
import { Status } from '../ui/glyph.tsx'

/** Who holds a seat now, and from where. */
export function SeatTable({ seats }: { seats: readonly Seat[] }) {
  const { now, zone } = here()
  return (
    <section class="card">
      <header>
        <h2>
          {t.seats.title} <span class="count">{seats.length}</span>
        </h2>
      </header>
      {seats.length === 0 ? (
        <div class="pad">
          <p class="soft small">{t.seats.none}</p>
        </div>
      ) : (
        <div class="scrollx">
          <table class="stack">
            <thead>
              <tr>
                <th>{t.seats.person}</th>
                <th>{t.seats.address}</th>
                <th>{t.seats.protocol}</th>
                <th class="right">{t.seats.here}</th>
                <th class="right">{t.seats.until}</th>
              </tr>
            </thead>
            <tbody>
              {seats.map(seat => (
                <tr key={seat.person.id}>
                  <td>
                    <b class="strong">{seat.person.name}</b>
                    <span class="sub">{t.seats.through(seat.link.label)}</span>
                  </td>
                  <td data-l={t.seats.address}>
                    {seat.addresses.map((address, index) => (
                      <Fragment key={address}>
                        {index > 0 && ', '}
                        <Address is={address} />
                      </Fragment>
                    ))}
                    {seat.addresses.length > 1 && (
                      <span class="sub" title={t.seats.movedSay}>
                        <Status is="fair">{t.seats.moved}</Status>
                      </span>
                    )}
                  </td>
                  <td data-l={t.seats.protocol}>{seat.protocols.map(protocolName).join(', ')}</td>
                  <td class="right" data-l={t.seats.here} title={sayClock(Date.parse(seat.since), zone)}>
                    {sayDuration(now - Date.parse(seat.since))}
                  </td>
                  <td class="right" data-l={t.seats.until}>
                    {sayClock(Date.parse(seat.until), zone)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {seats.length > 0 && <footer>{t.seats.untilSay}</footer>}
    </section>
  )
}
