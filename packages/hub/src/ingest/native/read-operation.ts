import type { OperationFacts } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { readObject } from './read-collections.ts'
import { type Fields, readName, readWhole } from './read-fields.ts'
import { readLatency } from './read-latency.ts'

/** Reads what happened to the calls of one operation. */
export function readOperation(source: Fields): OperationFacts {
  const facts: OperationFacts = {
    operation: readName(source, 'operation'),
    calls: readWhole(source, 'calls'),
    successes: readWhole(source, 'successes'),
    failures: readWhole(source, 'failures'),
    rejections: readWhole(source, 'rejections'),
    cancellations: readWhole(source, 'cancellations'),
    attempts: readWhole(source, 'attempts'),
    attemptFailures: readWhole(source, 'attemptFailures'),
    sparedByRetry: readWhole(source, 'sparedByRetry'),
    sparedByFallback: readWhole(source, 'sparedByFallback'),
    sparedByCache: readWhole(source, 'sparedByCache'),
    sparedByHedge: readWhole(source, 'sparedByHedge'),
    inFlight: readWhole(source, 'inFlight'),
    latency: readObject(source, 'latency', readLatency),
  }
  checkSums(facts)
  return facts
}

function checkSums(facts: OperationFacts): void {
  const ended = facts.successes + facts.failures + facts.rejections + facts.cancellations
  if (facts.calls !== ended) {
    const rule = `successes + failures + rejections + cancellations (${ended})`
    throw new InvalidFieldError('calls', rule, facts.calls)
  }
  const spared = facts.sparedByRetry + facts.sparedByFallback + facts.sparedByCache + facts.sparedByHedge
  if (spared > facts.successes) {
    throw new InvalidFieldError('successes', `at least the sum of sparedBy… (${spared})`, facts.successes)
  }
}
