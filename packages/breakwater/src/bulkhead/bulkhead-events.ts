/** What a bulkhead reports. */
export type BulkheadEvent = BulkheadSaturated

/** A bulkhead became full: the first refusal since it last had room. */
export interface BulkheadSaturated {
  readonly type: 'BulkheadSaturated'
  readonly policy: string
  readonly limit: number
  readonly queue: number
}
