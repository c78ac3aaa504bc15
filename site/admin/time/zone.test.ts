import { describe, expect, it } from 'vitest'
import { fromLocalInput, toLocalInput } from './zone.ts'

describe('toLocalInput', () => {
  it.each([
    [null, 'Europe/Lisbon', ''],
    ['2026-11-21T14:00:00Z', 'UTC', '2026-11-21T14:00'],
    ['2026-11-21T14:00:59.999Z', 'UTC', '2026-11-21T14:00'],
    ['2026-07-01T14:00:00Z', 'Europe/Lisbon', '2026-07-01T15:00'],
    ['2026-11-21T23:30:00Z', 'Asia/Kathmandu', '2026-11-22T05:15'],
    ['2026-01-01T02:00:00Z', 'America/Los_Angeles', '2025-12-31T18:00'],
    // Both passes of the hour that comes twice read alike.
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T02:30'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02:30'],
  ])('%s in %s is %s', (iso, zone, text) => {
    expect(toLocalInput(iso, zone)).toBe(text)
  })
})

describe('fromLocalInput', () => {
  const at = (iso: string, twice = false) => ({ is: 'at', iso, twice })
  it.each([
    ['2026-11-21T14:00', 'UTC', at('2026-11-21T14:00:00.000Z')],
    ['2026-11-21T14:00:30', 'UTC', at('2026-11-21T14:00:30.000Z')],
    ['2026-07-01T15:00', 'Europe/Lisbon', at('2026-07-01T14:00:00.000Z')],
    ['2026-11-22T05:15', 'Asia/Kathmandu', at('2026-11-21T23:30:00.000Z')],
    ['2025-12-31T18:00', 'America/Los_Angeles', at('2026-01-01T02:00:00.000Z')],
    ['2026-03-29T01:59', 'Europe/Berlin', at('2026-03-29T00:59:00.000Z')],
    ['2026-03-29T03:00', 'Europe/Berlin', at('2026-03-29T01:00:00.000Z')],
    ['2026-10-25T01:59', 'Europe/Berlin', at('2026-10-24T23:59:00.000Z')],
    ['2026-10-25T02:30', 'Europe/Berlin', at('2026-10-25T00:30:00.000Z', true)],
    ['2026-10-25T03:00', 'Europe/Berlin', at('2026-10-25T02:00:00.000Z')],
    // Lord Howe moves its clocks by half an hour.
    ['2026-04-05T01:45', 'Australia/Lord_Howe', at('2026-04-04T14:45:00.000Z', true)],
  ])('%s in %s', (text, zone, meaning) => {
    expect(fromLocalInput(text, zone)).toEqual(meaning)
  })

  it.each([
    ['2026-03-29T02:30', 'Europe/Berlin', 'skipped'],
    ['2026-03-08T02:00', 'America/New_York', 'skipped'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', 'skipped'],
    // Samoa left out a whole day.
    ['2011-12-30T12:00', 'Pacific/Apia', 'skipped'],
    ['', 'UTC', 'empty'],
    ['   ', 'UTC', 'empty'],
    ['2026-02-31T12:00', 'UTC', 'unreadable'],
    ['2026-13-01T12:00', 'UTC', 'unreadable'],
    ['2026-11-21T24:61', 'UTC', 'unreadable'],
    ['2026-11-21', 'UTC', 'unreadable'],
    ['tomorrow', 'UTC', 'unreadable'],
    ['2026-11-21T14:00Z', 'UTC', 'unreadable'],
  ])('%s in %s is %s', (text, zone, is) => {
    expect(fromLocalInput(text, zone)).toEqual({ is })
  })

  it('gives back what toLocalInput wrote, in every hour of a year', () => {
    for (const zone of ['Europe/Lisbon', 'America/St_Johns', 'Australia/Lord_Howe']) {
      for (let hour = 0; hour < 8760; hour += 1) {
        const iso = new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
        const back = fromLocalInput(toLocalInput(iso, zone), zone)
        if (back.is !== 'at') throw new Error(`${iso} in ${zone} reads ${back.is}`)
        // The second pass of a doubled hour cannot be told from the first.
        if (!back.twice) expect(back.iso).toBe(iso)
      }
    }
  })
})
