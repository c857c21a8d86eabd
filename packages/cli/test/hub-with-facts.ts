import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub } from '@breakwater/hub'
import { circuitBreaker } from 'breakwater'
import { createRuntime } from 'breakwater/node'

/** A hub in this process to which one service has reported. */
export interface HubWithFacts extends AsyncDisposable {
  readonly url: string
}

/**
 * Starts a hub and lets the services report to it: each has made one good call and one that failed, under a breaker
 * named `stripe`.
 */
export async function hubWithFacts(services: readonly string[], token?: string): Promise<HubWithFacts> {
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-cli-test-'))
  const hub = await startHub({ port: 0, dataDir, ...(token !== undefined && { token }) })
  const dispose = async (): Promise<void> => {
    await hub.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const target = { url: hub.url, ...(token !== undefined && { token }) }
    for (const service of services) await report(service, target)
  } catch (error) {
    await dispose()
    throw error
  }
  return { url: hub.url, [Symbol.asyncDispose]: dispose }
}

async function report(
  service: string,
  hub: { readonly url: string; readonly token?: string },
): Promise<void> {
  const runtime = createRuntime({
    service,
    hub,
    reporter: { spoolDir: false, control: false, crashGuard: false },
  })
  const charge = runtime.pipeline({
    operation: 'payments.charge',
    policies: [circuitBreaker({ name: 'stripe' })],
  })
  await charge.run(() => 'paid')
  await charge.tryRun(() => Promise.reject(new RangeError('The amount \u001B[31mis negative')))
  await runtime.reporter?.flush()
  await runtime.close()
}
