import { type FaultExemplar, type FaultFacts, reportLimits } from '../protocol/index.ts'
import type { Classification, ClassificationRule } from './classification.ts'
import { classify, isAbort } from './classify.ts'
import type { InAppTest } from './culprit.ts'
import { FaultGroup } from './fault-group.ts'
import type { Fingerprint } from './fingerprint.ts'
import { FingerprintMemo } from './fingerprint-memo.ts'
import { describeOccurrence, type FaultOccurrence } from './fault-occurrence.ts'
import { createScrubber, type Scrubber } from './scrub.ts'
import { serializeError } from './serialize-error.ts'

export { type FaultOccurrence }

/** What was recorded about one error. */
export interface RecordedFault {
  readonly fingerprint: string
  readonly classification: Classification
}

/** Options of {@link createFaultRecorder}. */
export interface FaultRecorderOptions {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A new id for an exemplar, 1–64 characters. */
  readonly randomId: () => string
  /** Asked before the built-in rules. @default none */
  readonly rules?: readonly ClassificationRule[]
  /** Removes secrets. @default `createScrubber()` */
  readonly scrubber?: Scrubber
  /** Which frames are the application's own. */
  readonly isInApp?: InAppTest
  /** Told after each recorded fault; must be cheap. What it throws is swallowed. */
  readonly onRecorded?: (fault: RecordedFault) => void
  /** Examples kept of each problem between two collections. @default 3 */
  readonly exemplarsPerFault?: number
  /** Problems told apart between two collections; the occurrences of further ones are only counted. @default 500 */
  readonly maxGroups?: number
}

/** The faults since the collection before. */
export interface CollectedFaults {
  readonly faults: readonly FaultFacts[]
  /** Problems beyond `maxGroups`; counted up to 1,000. */
  readonly droppedGroups: number
  /** Their occurrences, exact. */
  readonly droppedCounts: number
}

/** Counts faults exactly and keeps a few examples of each problem. */
export interface FaultRecorder {
  /** Records an error; undefined for an abort, which is no fault. Never throws. */
  record(error: unknown, occurrence?: FaultOccurrence): RecordedFault | undefined
  /** Takes out what was recorded since the call before. */
  collect(): CollectedFaults
}

/** Characters of exemplars kept between two collections: a report has room for no more. */
const exemplarBudget = 400_000
const mostDroppedGroups = 1_000

/** Makes a recorder. Its memory is bounded by groups × exemplars, however many errors come. */
export function createFaultRecorder(options: FaultRecorderOptions): FaultRecorder {
  return new Recorder(options)
}

class Recorder implements FaultRecorder {
  readonly #options: FaultRecorderOptions
  readonly #scrubber: Scrubber
  readonly #scrub: (text: string) => string
  readonly #prints: FingerprintMemo
  readonly #maxGroups: number
  readonly #exemplarsPerFault: number
  #groups = new Map<string, FaultGroup>()
  #droppedGroups = new Set<string>()
  #droppedCounts = 0
  #exemplarRoom = exemplarBudget

  constructor(options: FaultRecorderOptions) {
    this.#options = options
    this.#scrubber = options.scrubber ?? createScrubber()
    const { isInApp } = options
    this.#scrub = (text) => this.#scrubber.text(text)
    this.#prints = new FingerprintMemo({ scrub: this.#scrub, ...(isInApp !== undefined && { isInApp }) })
    this.#maxGroups = Math.min(options.maxGroups ?? reportLimits.faults, reportLimits.faults)
    this.#exemplarsPerFault = Math.min(options.exemplarsPerFault ?? 3, reportLimits.exemplarsPerFault)
  }

  record(error: unknown, occurrence: FaultOccurrence = {}): RecordedFault | undefined {
    const known = occurrence.classification ?? classify(error, this.#options.rules)
    if (isAbort(known)) return undefined
    const classification: Classification = occurrence.crash === true ? { ...known, severity: 'fatal' } : known
    const print = this.#prints.of(error, occurrence.operation ?? '')
    this.#count(error, { print, classification, occurrence })
    const recorded = { fingerprint: print.fingerprint, classification }
    this.#tell(recorded)
    return recorded
  }

  collect(): CollectedFaults {
    const collected = {
      faults: Array.from(this.#groups.values(), (group) => group.toFacts()),
      droppedGroups: this.#droppedGroups.size,
      droppedCounts: this.#droppedCounts,
    }
    this.#prints.reset()
    this.#groups = new Map()
    this.#droppedGroups = new Set()
    this.#droppedCounts = 0
    this.#exemplarRoom = exemplarBudget
    return collected
  }

  #count(
    error: unknown,
    fault: { print: Fingerprint; classification: Classification; occurrence: FaultOccurrence },
  ): void {
    const { print, classification, occurrence } = fault
    const at = this.#options.now()
    let group = this.#groups.get(print.fingerprint)
    if (group === undefined) {
      if (this.#groups.size >= this.#maxGroups) return this.#drop(print.fingerprint)
      group = new FaultGroup(print, classification, at)
      this.#groups.set(print.fingerprint, group)
    }
    group.add(occurrence.operation ?? '', at, classification.severity)
    const isKept = group.exemplars.length < this.#exemplarsPerFault || occurrence.crash === true
    if (isKept && this.#exemplarRoom > 0) group.exemplars.push(this.#exemplar(error, occurrence, at))
  }

  #drop(print: string): void {
    this.#droppedCounts += 1
    if (this.#droppedGroups.size < mostDroppedGroups) this.#droppedGroups.add(print)
  }

  #exemplar(error: unknown, occurrence: FaultOccurrence, at: number): FaultExemplar {
    const exemplar: FaultExemplar = {
      id: this.#options.randomId(),
      at,
      error: serializeError(error, { scrubber: this.#scrubber }),
      ...describeOccurrence(occurrence, this.#scrubber),
    }
    this.#exemplarRoom -= JSON.stringify(exemplar).length
    return exemplar
  }

  #tell(fault: RecordedFault): void {
    try {
      this.#options.onRecorded?.(fault)
    } catch {
      return
    }
  }
}
