import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Report } from 'breakwater/protocol'
import { type Hub, type HubOptions, startHub } from '../src/index.ts'
import { ManualClock } from './manual-clock.ts'

/** A hub of a test, on a port and a folder of its own, with the time in the test's hand. */
export interface TestHub {
  readonly hub: Hub
  readonly url: string
  readonly clock: ManualClock
  readonly dataDir: string
  post(body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Sends a report that is expected to be taken. */
  report(report: Report): Promise<unknown>
  get<View>(path: string): Promise<View>
  /** Stops it and starts another one on the same folder. */
  restart(options?: HubOptions): Promise<TestHub>
}

/** How long a test waits for what is to come; a busy machine takes its time. */
export const patience: { readonly timeout: number } = { timeout: 8_000 }

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-hub-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts a hub that is stopped after the test. */
export async function aHub(options: HubOptions & { readonly clock?: ManualClock } = {}): Promise<TestHub> {
  const clock = options.clock ?? new ManualClock()
  const dataDir = options.dataDir ?? aFolder()
  const hub = await startHub({ port: 0, random: () => 0.5, ...options, clock, dataDir })
  onTestFinished(() => hub.close())
  const { url } = hub
  const post: TestHub['post'] = (body, headers = {}) =>
    fetch(`${url}/api/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? asBody(body) : JSON.stringify(body),
    })
  return {
    ...{ hub, url, clock, dataDir, post },
    async report(report) {
      const response = await post(report)
      if (response.status !== 200)
        throw new Error(`The hub answered ${response.status}: ${await response.text()}`)
      return await response.json()
    },
    async get<View>(path: string) {
      const response = await fetch(`${url}${path}`)
      if (response.status !== 200)
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      return (await response.json()) as View
    },
    async restart(next: HubOptions = {}) {
      await hub.close()
      return await aHub({ ...options, clock, dataDir, ...next } as HubOptions & { clock: ManualClock })
    },
  }
}

function asBody(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body)
}
