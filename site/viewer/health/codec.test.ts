import { expect, test } from 'vitest'
import { codecOf, codecOfTag } from './codec.ts'

test.each<[string, string | undefined, string]>([
  ['video/H264', 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640028', 'H.264 High'],
  ['video/H264', 'profile-level-id=42e01f;packetization-mode=1', 'H.264 Constrained Baseline'],
  ['video/H264', 'profile-level-id=42001f', 'H.264 Baseline'],
  ['video/H264', 'profile-level-id=4d401f', 'H.264 Main'],
  ['video/h264', 'profile-level-id=6e0028', 'H.264 High 10'],
  ['video/H264', 'profile-level-id=zz0028', 'H.264'],
  ['video/H264', undefined, 'H.264'],
  ['video/H265', 'profile-id=2;tier-flag=0', 'H.265 Main 10'],
  ['video/H265', 'level-id=93', 'H.265'],
  ['video/AV1', 'level-idx=5;profile=0;tier=0', 'AV1 Main'],
  ['video/VP9', 'profile-id=2', 'VP9 profile 2'],
  ['video/VP8', undefined, 'VP8'],
  ['', undefined, 'unknown'],
])('%s with %s is %s', (mime, fmtp, said) => {
  expect(codecOf(mime, fmtp)).toBe(said)
})

test.each([
  ['avc1.640028', 'H.264 High'],
  ['avc1.42c01f', 'H.264 Constrained Baseline'],
  ['hvc1.2.4.L120', 'H.265 Main 10'],
  ['av01.0.08M.08', 'AV1 Main'],
  ['avc1', 'H.264'],
  ['', 'unknown'],
])('%s is %s', (tag, said) => {
  expect(codecOfTag(tag)).toBe(said)
})
