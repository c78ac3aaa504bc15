import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CameraSource } from './camera-source.ts'

describe('asking a camera for key frames', () => {
  let asked: number[]
  let source: CameraSource

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 })
    asked = []
    source = new CameraSource(() => asked.push(Date.now()))
  })
  afterEach(() => {
    source.close()
    vi.useRealTimers()
  })

  it('is done at once', () => {
    source.requestKeyFrame()
    expect(asked).toEqual([0])
  })

  it('is done once more for all who ask soon after', () => {
    source.requestKeyFrame()
    vi.advanceTimersByTime(100)
    source.requestKeyFrame()
    vi.advanceTimersByTime(100)
    source.requestKeyFrame()
    vi.advanceTimersByTime(2000)
    expect(asked).toEqual([0, 400])
  })

  it('is at once again after a while', () => {
    source.requestKeyFrame()
    vi.advanceTimersByTime(400)
    source.requestKeyFrame()
    expect(asked).toEqual([0, 400])
  })

  it('ends with the camera', () => {
    source.requestKeyFrame()
    source.requestKeyFrame()
    source.close()
    vi.advanceTimersByTime(2000)
    expect(asked).toEqual([0])
  })
})
