import type { AddressInfo } from 'node:net'
import { LiveFeed } from './analyse/live-feed.ts'
import { LiveWindow } from './analyse/live-window.ts'
import { type HubOptions, type ResolvedHubOptions, resolveHubOptions } from './config/hub-options.ts'
import { ControlDesk } from './control/control-desk.ts'
import { HubMetrics } from './health/hub-metrics.ts'
import { readHubStatus } from './health/hub-status.ts'
import { readVersion } from './health/version.ts'
import type { HubParts } from './http/hub-parts.ts'
import { buildServer } from './http/server.ts'
import { SseStreams } from './http/sse-streams.ts'
import { ReportQueue } from './ingest/report-queue.ts'
import { Retention } from './store/retention.ts'
import { openSqliteStore } from './store/sqlite/sqlite-store.ts'
import type { Store } from './store/store.ts'

/** A hub that runs. */
export interface Hub {
  /** Where it answers: `http://127.0.0.1:4700`. */
  readonly url: string
  /** Takes no more reports, finishes those it has, ends the streams and closes the store. May be called again. */
  close(): Promise<void>
}

/**
 * Starts a hub; it listens when this answers.
 *
 * @throws {HubOptionError} when an option cannot be used.
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const resolved = resolveHubOptions(options)
  const store = openSqliteStore(resolved.dataDir, resolved)
  try {
    return await run(resolved, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

const closeMs = 5_000

async function run(options: ResolvedHubOptions, store: Store): Promise<Hub> {
  const parts = wire(options, store)
  const server = buildServer(parts)
  await server.listen({ host: options.host, port: options.port })
  const stopTimers = startTimers(parts)
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    stopTimers()
    await parts.queue.stop()
    parts.streams.close()
    // Answers under way are finished; a client that does not take its answer, or does not end its request, is cut off.
    const stopWaiting = options.clock.every(closeMs, () => server.server.closeAllConnections())
    await server.close()
    stopWaiting()
    await store.close()
  }
  return { url: urlOf(options.host, server.server.address()), close: () => (closing ??= close()) }
}

function wire(options: ResolvedHubOptions, store: Store): HubParts {
  const { clock, limits } = options
  const metrics = new HubMetrics()
  const window = new LiveWindow()
  const queue = new ReportQueue({
    ...{ store, clock, limits },
    listener: {
      stored: ({ report }) => window.add(report),
      committed({ durationMs, folded }) {
        metrics.commit(durationMs)
        metrics.folded += folded
      },
      failed: () => void metrics.failed++,
    },
  })
  const facts = { version: readVersion(), startedAt: clock.now(), hasLab: options.labUrl !== null }
  const status = (): ReturnType<HubParts['status']> =>
    readHubStatus({ ...facts, clock, metrics, store, waiting: () => queue.length })
  const feed = new LiveFeed({ window, clock, status })
  const control = new ControlDesk({
    store,
    changed: ({ service, policy }) => window.policyChanged(service, policy),
  })
  const streams = new SseStreams(limits.streams, () => void metrics.droppedStreams++)
  return { options, clock, store, queue, feed, control, metrics, streams, status, reportError }
}

function startTimers(parts: HubParts): () => void {
  const { clock, store, options, queue, metrics } = parts
  const retention = new Retention({
    ...{ clock, upkeep: store.upkeep, retentionDays: options.retentionDays },
    maxBytes: options.maxStoreMb * 1_048_576,
    isBusy: () => queue.length > 0,
    evicted({ rows, instances }) {
      metrics.evictedRows += rows
      metrics.evictedInstances += instances
    },
  })
  const stops = [
    clock.every(1_000, () => void parts.feed.tick().catch(reportError)),
    clock.every(15_000, () => parts.streams.keepAwake()),
    clock.every(60_000, () => void retention.run().catch(reportError)),
  ]
  return () => stops.forEach((stop) => stop())
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function reportError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
