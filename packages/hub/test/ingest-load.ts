import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from 'breakwater/protocol'
import { systemClock } from '../src/clock/system-clock.ts'
import { aBreaker, aFault, anOperation, aReport } from './a-report.ts'
import { startHubProcess } from './hub-process.ts'

/**
 * Measures how many facts a hub takes in a second, durable before the answer: a hub in a process of its own, reports
 * of 100 facts of about 1 KB, 16 instances that each wait for an answer before they send the next.
 *
 * Run: node --conditions=breakwater-source packages/hub/test/ingest-load.ts [reports]
 */
async function measure(reports: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'breakwater-load-'))
  const hub = await startHubProcess(['--port', '0', '--data', dataDir])
  try {
    const atRest = await metricOf(hub.url, 'process_resident_bytes')
    const bodies = Array.from({ length: reports }, (_, index) => JSON.stringify(bigReport(index)))
    const cpuBefore = await metricOf(hub.url, 'process_cpu_seconds_total')
    const startedAt = systemClock.monotonicMs()
    const waits = await sendAll(hub.url, bodies)
    const seconds = (systemClock.monotonicMs() - startedAt) / 1_000
    const cpuSeconds = (await metricOf(hub.url, 'process_cpu_seconds_total')) - cpuBefore
    const sorted = waits.toSorted((a, b) => a - b)
    const figures = {
      reports,
      factsEach: factsOf(bigReport(0)),
      bytesEach: Math.round(bodies.reduce((sum, body) => sum + body.length, 0) / reports),
      seconds: round(seconds),
      factsPerSecond: Math.round((reports * factsOf(bigReport(0))) / seconds),
      cpuSeconds: round(cpuSeconds),
      factsPerCpuSecond: Math.round((reports * factsOf(bigReport(0))) / cpuSeconds),
      reportsPerSecond: Math.round(reports / seconds),
      p50Ms: round(sorted[Math.floor(sorted.length * 0.5)] ?? 0),
      p99Ms: round(sorted[Math.floor(sorted.length * 0.99)] ?? 0),
      accepted: await metricOf(hub.url, 'reports_accepted_total'),
      commits: await metricOf(hub.url, 'commit_duration_seconds_count'),
      commitSeconds: round(await metricOf(hub.url, 'commit_duration_seconds_sum')),
      storeMb: megabytes(await metricOf(hub.url, 'store_bytes')),
      atRestMb: megabytes(atRest),
      loadedMb: megabytes(await metricOf(hub.url, 'process_resident_bytes')),
    }
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  } finally {
    await hub.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const instances = 16

async function sendAll(url: string, bodies: readonly string[]): Promise<number[]> {
  const waits: number[] = []
  const lanes = Array.from({ length: instances }, (_, lane) =>
    bodies.filter((_body, index) => index % instances === lane),
  )
  await Promise.all(
    lanes.map(async (lane) => {
      for (const body of lane) {
        const sentAt = systemClock.monotonicMs()
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(`${url}/api/v1/reports`, { method: 'POST', headers, body })
        if (!response.ok) throw new Error(`The hub answered ${response.status}: ${await response.text()}`)
        await response.arrayBuffer()
        waits.push(systemClock.monotonicMs() - sentAt)
      }
    }),
  )
  return waits
}

function bigReport(index: number): Report {
  const to = systemClock.now()
  const instance = `load-${index % instances}`
  const buckets = Array.from({ length: 60 }, (_, pair) => (pair % 2 === 0 ? 200 + pair * 3 : 5))
  return aReport({
    to,
    identity: { service: `service-${index % 4}`, instance, startedAt: to - 60_000 },
    sequence: Math.floor(index / instances) + 1,
    operations: Array.from({ length: 20 }, (_, operation) =>
      anOperation({
        operation: `operation-${operation}`,
        successes: 150,
        latency: { sumMs: 900, maxMs: 20, buckets },
      }),
    ),
    policies: Array.from({ length: 20 }, (_, policy) => ({
      ...aBreaker({ since: to }),
      name: `breaker-${policy}`,
    })),
    faults: Array.from({ length: 50 }, (_, group) => bigFault(group, { index, at: to })),
    events: Array.from({ length: 10 }, () => ({ type: 'CircuitOpened', at: to, message: 'x'.repeat(300) })),
  })
}

function bigFault(group: number, { index, at }: { index: number; at: number }): Report['faults'][number] {
  const stack = Array.from(
    { length: 14 },
    (_, frame) => `    at step${frame} (/app/src/module-${frame}.ts:${frame}:7)`,
  )
  const error = { name: 'TypeError', message: `cannot charge ${index}`, stack: stack.join('\n') }
  return aFault({
    lastAt: at,
    count: 20,
    fingerprint: group.toString(16).padStart(16, '0'),
    exemplars: [
      {
        id: `${index}-${group}`,
        at,
        error,
        traceId: 'ab'.repeat(16),
        context: { user: 'u-1', region: 'eu' },
      },
    ],
  })
}

function factsOf({ operations, policies, faults, events }: Report): number {
  return operations.length + policies.length + faults.length + events.length
}

async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^breakwater_hub_${name} (.+)$`, 'm').exec(text)?.[1])
}

function megabytes(bytes: number): number {
  return round(bytes / 1_048_576)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

await measure(Number(process.argv[2] ?? 2_000))
