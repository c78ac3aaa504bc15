import { expect, test } from 'vitest'
import { changeSetting, listSettings, offerSetting } from './settings.ts'

let volume = 1
offerSetting('volume', {
  read: () => volume,
  write(value) {
    if (typeof value !== 'number') return false
    volume = value
    return true
  },
  reset() {
    volume = 1
  },
})
offerSetting('a-name', { read: () => 'x "y"', write: () => false, reset: () => {} })

test('settings are listed by name, with their values as they are typed', () => {
  expect(listSettings()).toEqual(['a-name = "x \\"y\\""', 'volume = 1'])
})

test('one is changed, and set back', () => {
  expect(changeSetting('volume', 0.5)).toEqual({ now: 'volume = 0.5' })
  expect(changeSetting('volume', undefined)).toEqual({ now: 'volume = 1' })
})

test.each([true, 'loud', null, {}])('%j does not fit, and changes nothing', value => {
  expect(changeSetting('volume', value)).toEqual({ wrong: 'This value does not fit “volume”.' })
  expect(volume).toBe(1)
})

test.each(['', 'constructor', '__proto__', 'Volume'])('%j is no setting', name =>
  expect(changeSetting(name, 1)).toEqual({ wrong: `There is no setting “${name}”. /set lists them.` }),
)
