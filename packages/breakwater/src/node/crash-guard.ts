import type { Clock } from '../clock/clock.ts'
import { createFaultRecorder } from '../faults/fault-recorder.ts'
import type { Scrubber } from '../faults/scrub.ts'
import type { EventFacts } from '../protocol/index.ts'
import type { Random } from '../random/random.ts'
import { nothingDropped } from './fold-facts.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'
import { newSpanId } from './trace-ids.ts'

/** What a crash guard needs. */
export interface CrashGuardOptions {
  /** Dates the crash. */
  readonly clock: Clock
  /** Names its exemplar. */
  readonly random: Random
  /** Removes secrets. @default `createScrubber()` */
  readonly scrubber?: Scrubber
  /** Told about an uncaught error, with its facts, before Node prints it and ends the process. Synchronous. */
  readonly onUncaught: (facts: CollectedFacts) => void
  /** Told when the process ends, however it comes to that short of being killed. Synchronous. */
  readonly onExit: () => void
}

/**
 * Watches for the end of the process. It only looks: output, exit code and all other listeners are as they
 * would be without it. Returns how to stop watching.
 */
export function guardAgainstCrash(options: CrashGuardOptions): () => void {
  const onUncaught = (error: unknown, origin: string): void => {
    try {
      options.onUncaught(describeCrash(error, origin, options))
    } catch {
      return
    }
  }
  process.on('uncaughtExceptionMonitor', onUncaught)
  process.on('exit', options.onExit)
  return () => {
    process.off('uncaughtExceptionMonitor', onUncaught)
    process.off('exit', options.onExit)
  }
}

/** An application that catches uncaught errors itself may live on: then it was a fault and no crash. */
function describeCrash(error: unknown, origin: string, options: CrashGuardOptions): CollectedFacts {
  const { clock, random, scrubber } = options
  const isFatal =
    process.listenerCount('uncaughtException') === 0 && !process.hasUncaughtExceptionCaptureCallback()
  const at = clock.epochNow()
  const recorder = createFaultRecorder({
    now: () => at,
    randomId: () => newSpanId(random),
    ...(scrubber !== undefined && { scrubber }),
  })
  const context = { origin }
  recorder.record(error, isFatal ? { crash: true, context } : { context })
  const { faults } = recorder.collect()
  const fault = faults[0]
  const event: EventFacts = {
    type: 'ServiceCrashed',
    at,
    message:
      `The process died of ${fault === undefined ? 'an abort' : `${fault.name}: ${fault.message}`}`.slice(
        0,
        500,
      ),
    details: { origin, fingerprint: fault?.fingerprint ?? null },
  }
  const events = isFatal ? [event] : []
  return { from: at, to: at, operations: [], policies: [], faults, events, dropped: nothingDropped }
}
