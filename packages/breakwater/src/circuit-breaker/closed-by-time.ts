import { ClosedState, type Evidence, isOverRatio, ratioSentence } from './closed-state.ts'
import { OlderSlots, slotCount } from './older-slots.ts'

/**
 * Opens by the ratios of the last `windowMs`, in ten slots. The slot that fills now is counted here, which is all that a
 * success touches; complete slots are kept apart and only while they hold something, so that a breaker that was called
 * once, or long ago, holds no ring. What is older than the window is gone whatever happened, or did not, in between.
 */
export class ClosedByTime extends ClosedState {
  #slot = -1
  /** When the current slot ends: until then nothing expires, and no division is needed to know. */
  #endsAt = -1
  #successes = 0
  #failures = 0
  #slowCalls = 0
  #older: OlderSlots | undefined = undefined

  succeed(now: number): undefined {
    if (now >= this.#endsAt) this.#turn(now)
    this.#successes++
  }

  fail(now: number): string | undefined {
    if (now >= this.#endsAt) this.#turn(now)
    this.#failures++
    return this.#judge()
  }

  slow(): string | undefined {
    this.#slowCalls++
    return this.#judge()
  }

  evidence(now: number): Evidence {
    if (now >= this.#endsAt) this.#turn(now)
    return this.#sum()
  }

  /** For each slot that holds something: how many slots ago, calls, failures, slow calls. */
  dump(now: number): readonly number[] {
    if (now >= this.#endsAt) this.#turn(now)
    const dumped: number[] = []
    if (this.#successes + this.#failures > 0) dumped.push(0, ...this.#current())
    for (let ago = 1; ago < slotCount && this.#older !== undefined; ago++) {
      const counts = this.#older.read(this.#slot - ago)
      if (counts[0] > 0) dumped.push(ago, ...counts)
    }
    return dumped
  }

  load(dumped: readonly number[], now: number, ageMs: number): void {
    this.#turn(now)
    const aged = Math.floor(ageMs / this.#slotMs)
    for (let at = 0; at + 3 < dumped.length; at += 4) {
      const [ago = 0, calls = 0, failures = 0, slowCalls = 0] = dumped.slice(at, at + 4)
      if (failures <= calls && slowCalls <= calls) this.#add(ago + aged, [calls, failures, slowCalls])
    }
  }

  get #slotMs(): number {
    return this.owner.terms.windowMs / slotCount
  }

  #current(): [number, number, number] {
    return [this.#successes + this.#failures, this.#failures, this.#slowCalls]
  }

  #add(ago: number, [calls, failures, slowCalls]: readonly [number, number, number]): void {
    if (ago === 0) {
      this.#successes += calls - failures
      this.#failures += failures
      this.#slowCalls += slowCalls
    } else if (ago < slotCount) {
      this.#older ??= new OlderSlots()
      this.#older.add(this.#slot - ago, [calls, failures, slowCalls])
    }
  }

  #sum(): Evidence {
    const [calls, failures, slowCalls] = this.#current()
    const older = this.#older
    if (older === undefined) return { calls, failures, slowCalls }
    return {
      calls: calls + older.calls,
      failures: failures + older.failures,
      slowCalls: slowCalls + older.slowCalls,
    }
  }

  #judge(): string | undefined {
    const evidence = this.#sum()
    if (!isOverRatio(this.owner.terms, evidence)) return undefined
    return ratioSentence(this.owner.terms, evidence, `${this.owner.terms.windowMs / 1000} s`)
  }

  /** Starts the slot in which `now` lies and forgets what is out of the window by then. */
  #turn(now: number): void {
    const slotMs = this.#slotMs
    const slot = Math.floor(now / slotMs)
    if (slot <= this.#slot) return
    this.#keepCurrent(slot)
    this.#slot = slot
    this.#endsAt = (slot + 1) * slotMs
    this.#successes = 0
    this.#failures = 0
    this.#slowCalls = 0
  }

  #keepCurrent(next: number): void {
    const counts = this.#current()
    const oldest = next - slotCount + 1
    if (counts[0] > 0 && this.#slot >= oldest) {
      this.#older ??= new OlderSlots()
      this.#older.add(this.#slot, counts)
    }
    this.#older?.forgetBefore(oldest)
    if (this.#older?.calls === 0) this.#older = undefined
  }
}
