import type { ResolvedBulkheadOptions } from './bulkhead-options.ts'
import { CodelLine } from './codel-line.ts'
import { CriticalityLine } from './criticality-line.ts'
import type { LineOwner } from './line-owner.ts'
import { TierLine } from './tier-line.ts'
import type { WaitLine } from './wait-line.ts'
import { WaitQueue } from './wait-queue.ts'
import { WaitStack } from './wait-stack.ts'
import type { RankedWaiter } from './waiter.ts'

/** The line that the options ask for. */
export function makeLine(options: ResolvedBulkheadOptions, owner: LineOwner): WaitLine {
  const { tiers: shares, queue } = options
  if (shares === undefined) return makePlainLine(options, owner)
  const inTier: LineOwner = {
    get clock() {
      return owner.clock
    },
    drop(waiter) {
      const { tier } = waiter as RankedWaiter
      if (tier !== undefined) tier.queued--
      owner.drop(waiter)
    },
  }
  return new TierLine({ shares, queue, makeLine: () => makePlainLine(options, inTier) })
}

function makePlainLine(options: ResolvedBulkheadOptions, owner: LineOwner): WaitLine {
  const { order, targetMs, intervalMs, maxOvertakes } = options
  if (order === 'lifo') return new WaitStack()
  if (order === 'codel') return new CodelLine({ targetMs, intervalMs }, owner)
  if (order === 'criticality') return new CriticalityLine(maxOvertakes)
  return new WaitQueue()
}
