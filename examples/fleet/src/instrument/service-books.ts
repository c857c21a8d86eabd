import type { BreakerDiaryPages } from './breaker-diary.ts'
import type { Instruments } from './instruments.ts'
import type { OperationCounts } from './own-counts.ts'

/** Everything that a service counted itself; what `GET /counters` on its admin port answers. */
export interface ServiceBooks extends BreakerDiaryPages {
  readonly service: string
  readonly instance: string
  readonly operations: Readonly<Record<string, Readonly<OperationCounts>>>
  /** Orders in the storefront's queue. */
  readonly queued: number
}

/** The books as of now. */
export function serviceBooks({ service, instance, counts, diary }: Instruments, queued = 0): ServiceBooks {
  const { operations } = counts
  const { transitions, failures } = diary
  return { service, instance, operations, transitions, failures, queued }
}
