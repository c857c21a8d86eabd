import { fineRetentionMs } from '../analyse/range.ts'
import type { Clock } from '../clock/clock.ts'
import type { Evicted, StoreUpkeep } from './store.ts'

/** What retention works with. */
export interface RetentionParts {
  readonly upkeep: StoreUpkeep
  readonly clock: Clock
  readonly retentionDays: number
  readonly maxBytes: number
  /** Whether reports wait, so that deleting has to wait too. */
  readonly isBusy: () => boolean
  readonly evicted: (evicted: Evicted) => void
}

const dayMs = 86_400_000
const maxBatches = 200

/** Deletes what is too old and then what is too much, in small batches while no report waits. */
export class Retention {
  readonly #parts: RetentionParts
  #isRunning = false

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  /** Deletes until nothing is left to delete, at most 200 batches; does nothing while it already runs. */
  async run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      for (let batches = 0; batches < maxBatches; batches++) {
        if (await this.#runBatch()) return
        await this.#breathe()
      }
    } finally {
      this.#isRunning = false
    }
  }

  async #runBatch(): Promise<boolean> {
    const { upkeep, clock, retentionDays, maxBytes, evicted } = this.#parts
    const now = clock.now()
    const byAge = await upkeep.evictOlder({ fine: now - fineRetentionMs, rest: now - retentionDays * dayMs })
    evicted(byAge)
    if (!byAge.isDone) return false
    const bySize = await upkeep.evictBeyond(maxBytes)
    evicted(bySize)
    return bySize.isDone
  }

  // Reports that wait go first; when they never stop coming, a batch is still let in between.
  async #breathe(): Promise<void> {
    const { clock, isBusy } = this.#parts
    let turns = 0
    do {
      await new Promise<void>((resolve) => clock.soon(resolve))
      turns++
    } while (isBusy() && turns < 50)
  }
}
