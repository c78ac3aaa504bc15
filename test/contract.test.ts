import { afterAll, beforeAll, describe } from 'vitest'
import { accountCases } from './contract/accounts.ts'
import { iceCases, iceSettings } from './contract/ice.ts'
import { liveCases } from './contract/live.ts'
import { logCases } from './contract/logs.ts'
import { oidcCases } from './contract/oidc.ts'
import { pageCases, pageSettings } from './contract/pages.ts'
import { reviewCases } from './contract/review.ts'
import { rightsCases } from './contract/rights.ts'
import { roomCases } from './contract/rooms.ts'
import { systemCases } from './contract/system.ts'
import { type OriginApi, startOriginApi } from './runtimes/origin-api.ts'
import { type RunningServer, runtimes, startRuntime } from './runtimes/runtime.ts'
import { startFakeProvider } from './support/provider.ts'

/** What holds for anybody who calls a deployment, the same on every runtime. A capability is one file and one line. */
describe.each(runtimes)('on %s', runtime => {
  let origin: OriginApi
  let provider: Awaited<ReturnType<typeof startFakeProvider>>
  let server: RunningServer
  const at = () => server

  beforeAll(async () => {
    origin = await startOriginApi()
    provider = await startFakeProvider()
    server = await startRuntime(runtime, {
      // Under whatever name it is asked, as on a machine of one's own.
      env: { ...origin.settings, ...provider.settings, ...pageSettings, ...iceSettings, PUBLIC_URL: '' },
    })
  })
  afterAll(async () => {
    await server?.stop()
    await origin?.close()
    await provider?.close()
  })

  describe('system', () => systemCases(at))
  describe('rights', () => rightsCases(at))
  describe('pages', () => pageCases(at))
  describe('rooms', () => roomCases(at))
  describe('review', () => reviewCases(at))
  describe('accounts', () => accountCases(at))
  describe('sign-in', () => oidcCases(at, () => provider))
  describe('ice', () => iceCases(at))
  describe('live', () => liveCases(at, runtime))
  describe('logs', () => logCases(at))
})
