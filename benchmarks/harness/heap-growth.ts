import { GCProfiler, getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { collectYoung } from './garbage.ts'
import { median } from './statistics.ts'

/** Runs so many calls. */
type Batch = (calls: number) => Promise<void>

/** How the growth is found. */
interface Search {
  readonly tries: number
  readonly step: number
  /** A batch is not longer. */
  readonly maxCalls: number
}

/**
 * Bytes of heap that a call takes, garbage included: growth of the used heap over a batch that is small enough for
 * the young generation, and what was collected in between if it is not. Median of the tries that grew.
 */
export async function heapGrowth(batch: Batch, { tries, step, maxCalls }: Search): Promise<number> {
  const estimate = Math.max(64, await growthOf(batch, Math.max(step, Math.min(20, maxCalls))))
  const calls = Math.max(step, Math.min(callsThatFit(estimate, step), maxCalls))
  const grown: number[] = []
  for (let i = 0; i < tries; i++) grown.push(await growthOf(batch, calls))
  return median(grown.filter((bytes) => bytes >= 0))
}

async function growthOf(batch: Batch, calls: number): Promise<number> {
  collectYoung()
  const collections = new GCProfiler()
  collections.start()
  const before = getHeapStatistics().used_heap_size
  await batch(calls)
  const grown = getHeapStatistics().used_heap_size - before
  return (grown + collectedIn(collections)) / calls
}

function collectedIn(collections: GCProfiler): number {
  const each = collections
    .stop()
    .statistics.map(
      ({ beforeGC, afterGC }) => beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize,
    )
  return each.reduce((sum, bytes) => sum + bytes, 0)
}

/** Half of what is free in the young generation, and at most 2,000 calls. */
function callsThatFit(bytesPerCall: number, step: number): number {
  collectYoung()
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  const free = (young?.space_available_size ?? 0) / 2
  const calls = Math.min(2_000, Math.floor(free / bytesPerCall))
  return Math.max(1, Math.floor(calls / step)) * step
}
