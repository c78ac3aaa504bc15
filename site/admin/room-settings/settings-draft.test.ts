import { describe, expect, test } from 'vitest'
import { room } from '../rooms/fixture.ts'
import { type SettingsDraft, settingsBody, settingsDraft, settingsFaults } from './settings-draft.ts'

const usual = settingsDraft(room())
const everything: SettingsDraft = {
  waitingRoom: true,
  locked: true,
  lockMessage: 'Back at three',
  allowAnonymous: true,
  autolock: true,
  autokick: true,
  endAfter: '5',
  presentersInvite: true,
  allowRecording: true,
  history: '',
  public: true,
  contact: 'Reception',
  comment: 'Two\nlines',
  autoSubrooms: true,
  redirect: 'https://other.example/',
  codecs: 'h264, opus',
  authServer: 'https://id.example/',
  watermark: 'corner',
  authPortal: 'https://portal.example/',
}

test('a room as it is usually', () => {
  expect(usual).toEqual({
    waitingRoom: false,
    locked: false,
    lockMessage: '',
    allowAnonymous: false,
    autolock: false,
    autokick: false,
    endAfter: '',
    presentersInvite: false,
    allowRecording: false,
    history: '240',
    public: false,
    contact: '',
    comment: '',
    autoSubrooms: false,
    redirect: '',
    codecs: '',
    watermark: 'off',
    authServer: '',
    authPortal: '',
  })
})

test('a room with everything', () => {
  expect(
    settingsDraft(
      room({
        waitingRoom: true,
        lock: { message: 'Back at three', since: '2026-11-21T12:00:00.000Z' },
        allowAnonymous: true,
        autolock: true,
        autokick: true,
        endAfterHostMs: 300_000,
        presentersInvite: true,
        allowRecording: true,
        chatHistoryMs: null,
        public: true,
        contact: 'Reception',
        comment: 'Two\nlines',
        autoSubrooms: true,
        redirect: 'https://other.example/',
        codecs: ['h264', 'opus'],
        watermark: 'corner',
        authServer: 'https://id.example/',
        authPortal: 'https://portal.example/',
      }),
    ),
  ).toEqual(everything)
})

describe('what is sent', () => {
  test('is nothing when nothing changed', () => {
    expect(settingsBody(usual, usual)).toEqual({})
    expect(settingsBody(everything, { ...everything, contact: ' Reception ' })).toEqual({})
  })

  test('is everything, there and back', () => {
    expect(settingsBody(usual, everything)).toEqual({
      waitingRoom: true,
      lock: { message: 'Back at three' },
      allowAnonymous: true,
      autolock: true,
      autokick: true,
      endAfterHostMs: 300_000,
      presentersInvite: true,
      allowRecording: true,
      chatHistoryMs: null,
      public: true,
      contact: 'Reception',
      comment: 'Two\nlines',
      autoSubrooms: true,
      redirect: 'https://other.example/',
      codecs: ['h264', 'opus'],
      watermark: 'corner',
      authServer: 'https://id.example/',
      authPortal: 'https://portal.example/',
    })
    expect(settingsBody(everything, usual)).toEqual({
      waitingRoom: false,
      lock: null,
      allowAnonymous: false,
      autolock: false,
      autokick: false,
      endAfterHostMs: null,
      presentersInvite: false,
      allowRecording: false,
      chatHistoryMs: 14_400_000,
      public: false,
      contact: '',
      comment: '',
      autoSubrooms: false,
      redirect: null,
      codecs: null,
      watermark: 'off',
      authServer: null,
      authPortal: null,
    })
  })

  test.each<[Partial<SettingsDraft>, Partial<SettingsDraft>, object]>([
    [{ locked: true, lockMessage: 'a' }, { lockMessage: 'b' }, { lock: { message: 'b' } }],
    [{ locked: true, lockMessage: 'a' }, { lockMessage: '' }, { lock: { message: '' } }],
    [{ locked: false }, { lockMessage: 'typed, then left' }, {}],
    [{ locked: true, lockMessage: 'a' }, { locked: false, lockMessage: 'b' }, { lock: null }],
    [{}, { codecs: ' VP8 opus,vp8 ' }, { codecs: ['vp8', 'opus'] }],
    [{ codecs: 'vp8' }, { codecs: ' , ' }, { codecs: null }],
    [{}, { endAfter: '0.5' }, { endAfterHostMs: 30_000 }],
  ])('of %j with %j is %j', (before, after, body) => {
    const base = { ...usual, ...before }
    expect(settingsBody(base, { ...base, ...after })).toEqual(body)
  })
})

test('what is right has no fault', () => {
  expect([settingsFaults(usual), settingsFaults(everything)]).toEqual([{}, {}])
})

test.each<[Partial<SettingsDraft>, object]>([
  [{ locked: true, lockMessage: 'x'.repeat(501) }, { lockMessage: { is: 'too-long', max: 500 } }],
  [{ locked: false, lockMessage: 'x'.repeat(501) }, {}],
  [{ contact: 'x'.repeat(501) }, { contact: { is: 'too-long', max: 500 } }],
  [{ comment: 'x'.repeat(2001) }, { comment: { is: 'too-long', max: 2000 } }],
  [{ redirect: 'other.example' }, { redirect: { is: 'address' } }],
  [{ redirect: 'javascript:alert(1)' }, { redirect: { is: 'address' } }],
  [{ redirect: 'https://a b' }, { redirect: { is: 'address' } }],
  [{ redirect: `https://${'x'.repeat(2000)}.example` }, { redirect: { is: 'too-long', max: 2000 } }],
  [{ authServer: 'ftp://x.example' }, { authServer: { is: 'address' } }],
  [{ authPortal: 'https://' }, { authPortal: { is: 'address' } }],
  [{ codecs: 'h264, h263' }, { codecs: { is: 'codecs' } }],
])('%j', (typed, faults) => {
  expect(settingsFaults({ ...usual, ...typed })).toEqual(faults)
})
