import { type FaultExemplar, type FaultFacts, reportLimits, type Severity } from '../protocol/index.ts'
import type { Classification } from './classification.ts'
import type { Fingerprint } from './fingerprint.ts'
import { worseSeverity } from './taxonomy.ts'
import { wireName } from './wire-name.ts'

/** The occurrences of one problem since the last collection. */
export class FaultGroup {
  readonly exemplars: FaultExemplar[] = []
  readonly #print: Fingerprint
  readonly #classification: Classification
  readonly #operations = new Map<string, number>()
  readonly #firstAt: number
  #lastAt: number
  #severity: Severity
  #count = 0

  constructor(print: Fingerprint, classification: Classification, firstAt: number) {
    this.#print = print
    this.#classification = classification
    this.#firstAt = firstAt
    this.#lastAt = firstAt
    this.#severity = classification.severity
  }

  /** Counts one occurrence. Operations beyond the limit are counted with those outside any operation. */
  add(operation: string, at: number, severity: Severity): void {
    this.#count += 1
    this.#lastAt = at
    if (severity !== this.#severity) this.#severity = worseSeverity(severity, this.#severity)
    const name = operation === '' ? '' : wireName(operation)
    const isRoom = this.#operations.size < reportLimits.operations - 1 || this.#operations.has(name)
    const key = isRoom ? name : ''
    this.#operations.set(key, (this.#operations.get(key) ?? 0) + 1)
  }

  toFacts(): FaultFacts {
    const { fingerprint, groupedBy, name, message, culprit } = this.#print
    const { category, retryability } = this.#classification
    return {
      fingerprint,
      groupedBy,
      name,
      message,
      culprit,
      category,
      severity: this.#severity,
      retryability,
      count: this.#count,
      operations: Object.fromEntries(this.#operations),
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      exemplars: this.exemplars,
    }
  }
}
