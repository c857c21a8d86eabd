import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { collectYoung } from './garbage.ts'
import { median } from './statistics.ts'

/** Runs so many calls. */
type Batch = (calls: number) => Promise<void>

/**
 * Bytes of heap that a call takes, garbage included: growth of the used heap over a batch that is small enough for
 * the young generation, so that nothing is collected in between. Median of the tries that grew.
 */
export async function heapGrowth(
  batch: Batch,
  { tries, step }: { readonly tries: number; readonly step: number },
): Promise<number> {
  const estimate = Math.max(64, await growthOf(batch, Math.max(step, 20)))
  const calls = callsThatFit(estimate, step)
  const grown: number[] = []
  for (let i = 0; i < tries; i++) grown.push(await growthOf(batch, calls))
  return median(grown.filter((bytes) => bytes >= 0))
}

async function growthOf(batch: Batch, calls: number): Promise<number> {
  collectYoung()
  const before = getHeapStatistics().used_heap_size
  await batch(calls)
  return (getHeapStatistics().used_heap_size - before) / calls
}

/** Half of what is free in the young generation, and at most 2,000 calls. */
function callsThatFit(bytesPerCall: number, step: number): number {
  collectYoung()
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  const free = (young?.space_available_size ?? 0) / 2
  const calls = Math.min(2_000, Math.floor(free / bytesPerCall))
  return Math.max(1, Math.floor(calls / step)) * step
}
