import { newId } from '../crypto/id.ts'
import type { App, LiveRooms } from '../deps.ts'
import { faultOf } from '../log.ts'
import { forgetOthers } from '../subrooms/populated.ts'
import { type Conductor, createConductor } from './conductor.ts'
import { hostedPlaces, hostsLeft } from './hosts-store.ts'
import { type Carried, createLease, type Lease } from './lease.ts'
import { keyOf, type Place } from './place.ts'
import type { ByeCode } from './protocol.ts'
import { emptyRoom } from './rules/state.ts'
import type { Seat } from './seat.ts'
import { snapshotOf, together } from './snapshot.ts'

/** Text that waits to be taken in by a page, in bytes; with more it is dropped. Ten welcomes to a full room. */
export const MAX_BACKLOG = 2 * 1024 * 1024

/** One connection, as a runtime has it. */
export interface Wire {
  send(text: string): void
  /** Closes it after what was sent. */
  close(code: ByeCode): void
  /** Ends it at once, with whatever it has not taken in. */
  drop(): void
  /** Bytes that it has not taken in yet. */
  backlog(): number
}

/** What a runtime tells of a connection. */
export interface Line {
  heard(data: unknown): void
  lost(): void
}

/** After so long (ms) everybody whose connection a restart broke is back, or is not coming. */
export const SETTLED_AFTER = 30_000

/** All rooms of a process that is alone in carrying the live channel. */
export interface Hub extends LiveRooms {
  /** Asks to carry the channel, from now on with every tick. @param holder see {@link createLease} */
  start(holder: string): Promise<void>
  connect(seat: Seat, wire: Wire): Line
  /** Time passed; to be called about once a second. */
  tick(): Promise<void>
  /** Says goodbye to everybody, also to those who come later. */
  stop(): void
  settled(): Promise<void>
}

interface HubRoom {
  place: Place
  conductor: Conductor
  wires: Map<string, Wire>
  heard: Map<string, number>
}

/** @param appOf gives the app once it is made; the hub is a part of it */
export function createHub(appOf: () => App): Hub {
  const rooms = new Map<string, HubRoom>()
  let stopped = false
  let lease: Lease | undefined
  let releasing: Promise<void> | undefined
  let settledAt = 0
  /** Hosts of before who did not come back are still to be written off. */
  let owes = false

  const isSettling = () => lease?.carried === 'unknown' || appOf().now() < settledAt

  function carriedNow(carried: Carried): void {
    if (carried === 'here') {
      settledAt = appOf().now() + SETTLED_AFTER
      owes = true
      return
    }
    // The pages come back, to whoever carries the rooms now.
    for (const { conductor } of rooms.values()) conductor.stop()
    rooms.clear()
  }

  /** A host who was there when the process before ended, and in whose room nobody is any more, has left. */
  async function writeOff(): Promise<void> {
    if (!owes || isSettling()) return
    owes = false
    const { db, log, now } = appOf()
    try {
      const empty = (await hostedPlaces(db)).filter(place => !rooms.has(keyOf(place)))
      if (empty.length) await hostsLeft(db, empty, now())
      await forgetOthers(
        db,
        [...rooms.values()].map(({ place }) => place),
      )
    } catch (error) {
      owes = true
      log.warn('live.hosts-not-noted', { error: faultOf(error) })
    }
  }

  /** The room's channel and those of its sub-rooms, as far as they are open. */
  const allOf = (roomId: string) => [...rooms.values()].filter(({ place }) => place.roomId === roomId)

  function open(place: Place): HubRoom {
    const { roomId } = place
    const wires = new Map<string, Wire>()
    const heard = new Map<string, number>()
    const forget = (socket: string): Wire | undefined => {
      const wire = wires.get(socket)
      wires.delete(socket)
      heard.delete(socket)
      return wire
    }
    const conductor = createConductor(
      appOf(),
      place,
      {
        send(socket, text) {
          const wire = wires.get(socket)
          if (!wire) return
          if (wire.backlog() <= MAX_BACKLOG) return wire.send(text)
          // The room goes on; who cannot follow begins again when they can.
          forget(socket)
          wire.drop()
          conductor.lost(socket)
          appOf().log.info('live.slow', { room: roomId })
        },
        close: (socket, code) => forget(socket)?.close(code),
        heard: () => heard,
        isSettling,
      },
      emptyRoom(newId()),
    )
    const room = { place, conductor, wires, heard }
    rooms.set(keyOf(place), room)
    return room
  }

  return {
    async start(holder) {
      lease = createLease(appOf(), holder, carriedNow)
      await lease.tick()
    },
    carries: () => lease?.carried !== 'elsewhere',
    snapshot: async roomId => together(allOf(roomId).map(({ conductor }) => snapshotOf(conductor.state))),
    connect(seat, wire) {
      const { now } = appOf()
      const { roomId, sub } = seat
      const { conductor, wires, heard } = rooms.get(keyOf(seat)) ?? open({ roomId, sub })
      const socket = newId()
      wires.set(socket, wire)
      heard.set(socket, now())
      conductor.open(socket, seat)
      if (stopped) conductor.stop()
      return {
        heard(data) {
          if (!wires.has(socket)) return
          heard.set(socket, now())
          conductor.hear(socket, data)
        },
        lost() {
          wires.delete(socket)
          heard.delete(socket)
          conductor.lost(socket)
        },
      }
    },
    async changed(roomId, except) {
      const others = allOf(roomId).filter(({ place }) => place.sub !== except)
      await Promise.all(others.map(({ conductor }) => conductor.look()))
    },
    async tick() {
      await Promise.all([
        lease?.tick(),
        writeOff(),
        ...[...rooms.values()].map(room => room.conductor.tick()),
      ])
      for (const [id, { conductor, wires }] of rooms) if (conductor.isDone && !wires.size) rooms.delete(id)
    },
    stop() {
      stopped = true
      for (const { conductor } of rooms.values()) conductor.stop()
      releasing = lease?.release()
    },
    async settled() {
      await releasing
      await Promise.all([...rooms.values()].map(({ conductor }) => conductor.settled()))
    },
  }
}
