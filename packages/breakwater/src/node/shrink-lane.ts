import type { DroppedFacts } from '../protocol/index.ts'
import { isFitting } from './fit-facts.ts'
import { addDropped, foldFacts, nothingDropped } from './fold-facts.ts'
import type { Lane, LaneEntry } from './lane.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

/** How much may wait in one lane. */
export interface LaneLimits {
  readonly bytes: number
  readonly reports: number
}

/**
 * Brings a lane back within its limits: first unsent neighbours are folded into one, the shortest and oldest
 * first, keeping every count and losing only examples and resolution in time; when that no longer helps, the
 * oldest unsent report is dropped. Returns what was dropped. A frozen report is never touched.
 */
export async function shrinkLane(lane: Lane, limits: LaneLimits): Promise<DroppedFacts> {
  let dropped = nothingDropped
  const unfoldable = new Set<LaneEntry>()
  while (lane.entries.length > limits.reports || lane.bytes > limits.bytes) {
    const index = findPair(lane.entries, unfoldable)
    if (index >= 0) await foldPair(lane, index, unfoldable)
    else {
      const oldest = lane.entries.find((entry) => entry.sequence === undefined)
      if (oldest === undefined) return dropped
      dropped = addDropped(dropped, await drop(lane, oldest))
    }
  }
  return dropped
}

/** What is lost with a report. */
export function lostWith(text: string): DroppedFacts {
  const facts = parseFacts(text)
  if (facts === undefined) return { ...nothingDropped, reports: 1 }
  return addDropped(facts.dropped, {
    reports: 1,
    events: facts.events.length,
    faultGroups: facts.faults.length,
    faultCounts: facts.faults.reduce((sum, fault) => sum + fault.count, 0),
    operations: 0,
  })
}

/** The unsent pair that holds the fewest collections, the oldest of equals; -1 when none is left. */
function findPair(entries: readonly LaneEntry[], unfoldable: ReadonlySet<LaneEntry>): number {
  let best = -1
  let fewest = Infinity
  for (let i = 0; i + 1 < entries.length; i++) {
    const [earlier, later] = [entries[i], entries[i + 1]]
    if (earlier?.sequence !== undefined || later?.sequence !== undefined) continue
    if (earlier === undefined || later === undefined || unfoldable.has(earlier)) continue
    const collections = later.last - earlier.first
    if (collections < fewest) [best, fewest] = [i, collections]
  }
  return best
}

async function foldPair(lane: Lane, index: number, unfoldable: Set<LaneEntry>): Promise<void> {
  const [earlier, later] = lane.entries.slice(index, index + 2)
  if (earlier === undefined || later === undefined) return
  const [a, b] = [parseFacts(await lane.read(earlier)), parseFacts(await lane.read(later))]
  const facts = a === undefined || b === undefined ? undefined : foldFacts(a, b, 1)
  const text = JSON.stringify(facts)
  const isWorthIt = facts !== undefined && text.length < earlier.bytes + later.bytes && isFitting(facts, text)
  if (isWorthIt) await lane.replacePair(index, text)
  else unfoldable.add(earlier)
}

async function drop(lane: Lane, entry: LaneEntry): Promise<DroppedFacts> {
  const lost = lostWith(await lane.read(entry).catch(() => ''))
  await lane.discard(entry)
  return lost
}

/** Our own text, parsed back; undefined when the disk spoiled it. */
function parseFacts(text: string): CollectedFacts | undefined {
  try {
    return JSON.parse(text) as CollectedFacts
  } catch {
    return undefined
  }
}
