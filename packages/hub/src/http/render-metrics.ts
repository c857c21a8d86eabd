import { commitBucketsMs } from '../health/hub-metrics.ts'
import type { HubParts } from './hub-parts.ts'

type Sample = readonly [labels: string, value: number]

/** The hub's own figures as Prometheus text. */
export async function renderMetrics(parts: HubParts): Promise<string> {
  const { metrics, streams, store } = parts
  const status = await parts.status()
  const memory = process.memoryUsage()
  const cpu = process.cpuUsage()
  return [
    counter('reports_accepted_total', 'Reports that were stored', metrics.accepted),
    counter('reports_duplicate_total', 'Reports that had been stored before', metrics.duplicate),
    family('reports_refused_total', ['counter', 'Reports that were refused, by problem'], refused(parts)),
    counter('reports_failed_total', 'Reports that the store could not write', metrics.failed),
    gauge('reports_waiting', 'Reports that wait for the writer', status.reportsWaiting),
    counter('facts_folded_total', 'Operations, policies and groups beyond the limits', metrics.folded),
    histogram(parts),
    gauge('store_bytes', 'Bytes that the store takes', status.storeBytes),
    counter('evicted_exemplars_total', 'Exemplars that were deleted', store.upkeep.evictedExemplars()),
    counter('evicted_rows_total', 'Rows that were deleted for age or size', metrics.evictedRows),
    counter('evicted_instances_total', 'Instances that were forgotten', metrics.evictedInstances),
    gauge('streams', 'Open live and control streams', streams.size),
    counter('streams_dropped_total', 'Streams whose reader was too slow', metrics.droppedStreams),
    counter(
      'process_cpu_seconds_total',
      'Processor time of the process',
      (cpu.user + cpu.system) / 1_000_000,
    ),
    gauge('process_resident_bytes', 'Memory of the process', memory.rss),
    gauge('process_heap_bytes', 'Memory in use by JavaScript', memory.heapUsed),
    gauge('start_time_seconds', 'When the hub started', status.startedAt / 1_000),
  ].join('')
}

function refused({ metrics }: HubParts): readonly Sample[] {
  const samples = metrics.refusedByCode().map(([code, count]): Sample => [`{problem="${code}"}`, count])
  return samples.length > 0 ? samples : [['{problem="NONE"}', 0]]
}

function histogram({ metrics }: HubParts): string {
  const buckets = commitBucketsMs.map((upperMs, index): Sample => [
    `_bucket{le="${upperMs / 1_000}"}`,
    metrics.commitBuckets[index] ?? 0,
  ])
  return family(
    'commit_duration_seconds',
    ['histogram', 'Duration of transactions that store reports'],
    [
      ...buckets,
      ['_bucket{le="+Inf"}', metrics.commitCount],
      ['_sum', metrics.commitSumMs / 1_000],
      ['_count', metrics.commitCount],
    ],
  )
}

function counter(name: string, help: string, value: number): string {
  return family(name, ['counter', help], [['', value]])
}

function gauge(name: string, help: string, value: number): string {
  return family(name, ['gauge', help], [['', value]])
}

function family(name: string, [type, help]: readonly [string, string], samples: readonly Sample[]): string {
  const full = `breakwater_hub_${name}`
  const lines = samples.map(([labels, value]) => `${full}${labels} ${value}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
}
