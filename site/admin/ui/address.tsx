import { Fragment } from 'preact'

/** An IP address or a network: one of IPv4 never breaks, one of IPv6 only after a colon. */
export function Address({ is }: { is: string }) {
  return (
    <span class="mono address">
      {is.split(/(?<=:)(?!:)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  )
}
