import { expect, test } from 'vitest'
import { stillName } from './name.ts'

const moment = (timecode: string | null) => ({
  at: Date.UTC(2026, 10, 21, 11, 59, 59, 500),
  frame: 1,
  rate: '25',
  timecode,
})

test.each([
  ['a timecode with dots', 'grade', '01:02:03:04', '', 'grade_01.02.03.04_programme'],
  ['a drop-frame one too', 'grade', '01:02:03;04', '', 'grade_01.02.03.04_programme'],
  ['the time where there is none', 'grade', null, '', 'grade_20261121-115959_programme'],
  ['the name of the stream', 'grade', '01:02:03:04', 'Cam 2: Färbung', 'grade_01.02.03.04_Cam-2-Fa-rbung'],
  ['nothing that leads elsewhere', '../..', null, '..\\x/"\r\n', 'room_20261121-115959_x'],
  [
    'no more than fits',
    'g'.repeat(99),
    null,
    's'.repeat(99),
    `${'g'.repeat(64)}_20261121-115959_${'s'.repeat(32)}`,
  ],
])('a still has %s in its name', (_, slug, timecode, stream, name) => {
  expect(stillName(slug, moment(timecode), stream)).toBe(name)
  expect(name).toMatch(/^[a-z0-9][\w.-]{0,119}$/i)
})
