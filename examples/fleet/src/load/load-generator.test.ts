import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeClock, seededRandom } from 'breakwater/testing'
import { expect, test } from 'vitest'
import { type LoadGenerator, loadGenerator, type LoadOptions } from './load-generator.ts'

test('loadGenerator() sends the same requests in the same order to both storefronts', async () => {
  await using shops = await startShops()
  const { clock, load } = start(shops, { ratePerSecond: 100 })

  await clock.advance(1_000)
  await load.stop()
  const sent = shops.paths.protected.length

  expect(sent).toBeGreaterThan(50)
  expect(shops.paths.protected.toSorted()).toEqual(shops.paths.unprotected.toSorted())
  expect(load.protected.totals().full).toBe(sent)
})

test('loadGenerator() goes on sending while answers are out, and drops and counts what is beyond the limit', async () => {
  await using shops = await startShops({ isSilent: true })
  const { clock, load } = start(shops, { ratePerSecond: 100, maxInFlight: 5, patienceMs: 5_000 })

  await clock.advance(1_000)
  const dropped = load.protected.totals().dropped
  const stopped = load.stop()
  await clock.advance(5_000)
  await stopped

  expect(dropped).toBeGreaterThan(50)
  expect(load.protected.totals()).toMatchObject({ requests: 5, errors: 5 })
})

test('loadGenerator() counts an answer that names missing parts as degraded', async () => {
  await using shops = await startShops({ degraded: ['stock'] })
  const { clock, load } = start(shops, { ratePerSecond: 50 })

  await clock.advance(1_000)
  await load.stop()
  const { requests, degraded } = load.protected.totals()

  expect(requests).toBeGreaterThan(20)
  expect(degraded).toBe(requests)
})

test('loadGenerator() counts a storefront that is not there as errors', async () => {
  await using shops = await startShops()
  const { clock, load } = start(shops, { ratePerSecond: 50, protectedUrl: () => 'http://127.0.0.1:9' })

  await clock.advance(1_000)
  await load.stop()
  const { requests, errors } = load.protected.totals()

  expect(requests).toBeGreaterThan(20)
  expect(errors).toBe(requests)
})

interface Shops extends AsyncDisposable {
  readonly urls: Readonly<Record<'protected' | 'unprotected', string>>
  readonly paths: Readonly<Record<'protected' | 'unprotected', string[]>>
}

function start(shops: Shops, options: Partial<LoadOptions>): { clock: FakeClock; load: LoadGenerator } {
  const clock = new FakeClock()
  const load = loadGenerator({
    ...{ clock, random: seededRandom(1), ratePerSecond: 40, runId: 'test' },
    protectedUrl: () => shops.urls.protected,
    unprotectedUrl: () => shops.urls.unprotected,
    ...options,
  })
  load.start()
  return { clock, load }
}

async function startShops(answer: { isSilent?: boolean; degraded?: string[] } = {}): Promise<Shops> {
  const paths = { protected: [] as string[], unprotected: [] as string[] }
  const shops = [
    await startShop(paths.protected, answer),
    await startShop(paths.unprotected, answer),
  ] as const
  const [first, second] = shops.map(urlOf) as [string, string]
  const dispose = async (): Promise<void> => {
    for (const shop of shops) shop.closeAllConnections()
    for (const shop of shops) shop.close()
  }
  return { paths, urls: { protected: first, unprotected: second }, [Symbol.asyncDispose]: dispose }
}

async function startShop(
  paths: string[],
  { isSilent = false, degraded = [] }: { isSilent?: boolean; degraded?: string[] },
): Promise<Server> {
  const shop = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`)
    request.resume()
    if (!isSilent) response.end(JSON.stringify({ degraded }))
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  return shop
}

function urlOf(shop: Server): string {
  return `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
}
