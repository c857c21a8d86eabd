/** A tree of two levels: what kind of problem, and within it where it comes from. */
export type FaultCategory =
  | 'technical/system'
  | 'technical/network'
  | 'technical/dependency'
  | 'technical/security'
  | 'business/validation'
  | 'business/rule'
  | 'business/conflict'

/** One ordered scale, mildest first. */
export const severities = ['low', 'medium', 'high', 'critical', 'fatal'] as const

/** How bad a fault is. */
export type Severity = (typeof severities)[number]

/** Whether to try again: yes; no; only after something else is done (a new token, a wait that was asked for). */
export type Retryability = 'retryable' | 'not-retryable' | 'after-action'

/** A thrown value as text and plain data: safe to store and show. */
export interface SerializedError {
  /** `TypeError`; for a thrown value that is no error, its type: `string`. */
  readonly name: string
  readonly message: string
  /** `ECONNREFUSED`, `23505`. */
  readonly code?: string
  /** HTTP status. */
  readonly status?: number
  /** The stack as the engine wrote it, cut to the limit. */
  readonly stack?: string
  /** The error's own further fields, flattened to text. */
  readonly fields?: Readonly<Record<string, string>>
  readonly cause?: SerializedError
  /** The members of an AggregateError, at most 8. */
  readonly errors?: readonly SerializedError[]
  /** Why something is missing: `cycle`, `depth`, `unreadable`. */
  readonly cut?: string
}

/** One occurrence, kept whole as an example of its group. */
export interface FaultExemplar {
  /** Unique, 1–64 characters. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly error: SerializedError
  readonly operation?: string
  /** 0 is the first attempt. */
  readonly attempt?: number
  /** W3C trace id, 32 hex digits, and span id, 16. */
  readonly traceId?: string
  readonly spanId?: string
  /** The process died of it. */
  readonly crash?: boolean
  readonly context?: Readonly<Record<string, string>>
}

/** Faults that are the same problem: the exact count since the report before, and some examples. */
export interface FaultFacts {
  /** The same for the same problem in each instance and version; 16–64 hex digits. */
  readonly fingerprint: string
  /** What makes the fingerprint, in words: `type + code + message + frame`. */
  readonly groupedBy: string
  readonly name: string
  /** The message with its volatile parts replaced. */
  readonly message: string
  /** Where: the first frame in the application's own code, `charge (src/payments.ts)`; empty if unknown. */
  readonly culprit: string
  readonly category: FaultCategory
  readonly severity: Severity
  readonly retryability: Retryability
  /** Occurrences, exact. */
  readonly count: number
  /** The same count by operation; the sum is `count`. Faults outside any operation are under ''. */
  readonly operations: Readonly<Record<string, number>>
  /** Epoch milliseconds. */
  readonly firstAt: number
  readonly lastAt: number
  readonly exemplars: readonly FaultExemplar[]
}
