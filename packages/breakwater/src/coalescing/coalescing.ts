import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { keyOfCall } from '../pipeline/keyed-call.ts'
import { answered, driver, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import {
  type CoalescingOptions,
  type ResolvedCoalescingOptions,
  resolveCoalescingOptions,
} from './coalescing-options.ts'
import { Flight } from './flight.ts'

/** Sharing of equal calls, as {@link coalescing} makes it. */
export interface Coalescing extends Policy {
  readonly kind: 'coalescing'
  /** Calls that were answered by another call's work, ever. */
  readonly shared: number
  /** Calls that ran by themselves because too many keys were under way, ever. */
  readonly overflowed: number
  /** Different keys under way. */
  readonly underWay: number
  /** Runs work, or shares the run of an equal call; its operation is the policy's name. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
}

/**
 * Makes equal calls that come at the same time share one run of the work (single flight): a thundering herd becomes one call.
 *
 * All callers get the same object, success or error: treat it as read-only. The first caller's work is the one that runs; when
 * that caller aborts, it goes on for the others. Put it outside of what should happen once: retry, breaker, bulkhead.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://pkg.go.dev/golang.org/x/sync/singleflight
 * @example
 * const user = pipeline({ operation: 'user', policies: [coalescing({ keyOf: ({ args: [id] }) => String(id) }), retry()] }).wrap(loadUser)
 */
export function coalescing(options: CoalescingOptions = {}): Coalescing {
  return new FlightCoalescing(resolveCoalescingOptions(options))
}

class FlightCoalescing implements Coalescing {
  readonly kind = 'coalescing'
  readonly name: string
  shared = 0
  overflowed = 0
  readonly #options: ResolvedCoalescingOptions
  readonly #flights = new Map<string, Flight>()
  #alone: Pipeline | undefined = undefined

  constructor(options: ResolvedCoalescingOptions) {
    this.#options = options
    this.name = options.name
  }

  get underWay(): number {
    return this.#flights.size
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    const { shared, overflowed, underWay } = this
    return { counters: { shared, overflowed }, gauges: { underWay } }
  }

  compile(): Level {
    return driver({ enter: (run, index) => this.#enter(run, index) })
  }

  #enter(run: RunHandle, index: number): Verdict {
    const own = keyOfCall(run, this.#options.keyOf)
    if (own === undefined) return undefined
    const key = `${run.operation}\0${own}`
    const flight = this.#flights.get(key)
    if (flight !== undefined) {
      this.shared++
      flight.board(run, index)
      return waiting
    }
    if (this.#flights.size >= this.#options.maxKeys) {
      this.overflowed++
      return undefined
    }
    return this.#lead(run, { index, key })
  }

  #lead(run: RunHandle, { index, key }: { readonly index: number; readonly key: string }): Verdict {
    const flight = new Flight(() => this.#flights.delete(key))
    this.#flights.set(key, flight)
    flight.start(run, index)
    if (!flight.isOver) return waiting
    run.answer(flight.kind, flight.payload)
    return answered
  }
}
