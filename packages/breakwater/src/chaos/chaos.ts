import type { Clock } from '../clock/clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { driver, type Level } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { Random } from '../random/random.ts'
import type { ChaosCall } from './chaos-call.ts'
import type { ChaosEvent } from './chaos-events.ts'
import type { AnswerOf, ChaosFault, ChaosType, Effect } from './chaos-fault.ts'
import { type ChaosOptions, type ChaosSettings, resolveChaosOptions } from './chaos-options.ts'
import type { ChaosFaultFields } from './faults/chaos-faults.ts'
import { Injection, type InjectionRules } from './injection.ts'
import { isScheduled } from './schedule.ts'

/** Chaos, as {@link chaos} makes it. `Result` is what its outcomes may answer with. */
export interface Chaos<Result = never> extends Policy<Result> {
  readonly kind: 'chaos'
  /** Whether something may happen now. */
  readonly isEnabled: boolean
  /** Faults injected, ever; a call may be hit by several. */
  readonly injected: number
  /** Rules of yours that threw, ever; nothing was injected then. */
  readonly ruleErrors: number
  /** Runs work, and harms it by chance. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result>
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: ChaosEvent) => void): () => void
}

/**
 * Makes chaos: failures, delays and wrong answers on purpose, to see whether what stands around a call holds. Put it innermost,
 * where the dependency's own failures come from: policies outside take what it does for real.
 *
 * It is off unless `isEnabled` is exactly `true`. With `false` it is not even in the way of a call; with a function or a toggle
 * that says no, that question is all that happens.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Polly's chaos strategies (Simmy), https://www.pollydocs.org/chaos/
 * @example
 * const storm = chaos({ isEnabled: true, faults: [latency({ rate: 0.1, ms: 800 }), fault({ rate: 0.05 })] })
 * const client = pipeline({ policies: [retry(), timeout({ ms: 500 }), storm] })
 */
export function chaos<const Faults extends readonly (ChaosFault<unknown> | ChaosFaultFields)[]>(
  options: ChaosOptions<Faults>,
): Chaos<AnswerOf<Faults>> {
  return new FaultChaos<AnswerOf<Faults>>(options)
}

class FaultChaos<Result> implements Chaos<Result> {
  readonly kind = 'chaos'
  readonly name: string
  ruleErrors = 0
  readonly #settings: ChaosSettings
  readonly #options: ChaosOptions
  /** By fault. */
  readonly #injected: number[]
  readonly #events = new Emitter<ChaosEvent>()
  #alone: Pipeline<Result> | undefined = undefined

  constructor(options: ChaosOptions) {
    this.#settings = resolveChaosOptions(options)
    this.#options = options
    this.name = this.#settings.name
    this.#injected = this.#settings.faults.map(() => 0)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get isEnabled(): boolean {
    return this.#settings.isOn?.() ?? false
  }

  get injected(): number {
    return this.#injected.reduce((total, count) => total + count, 0)
  }

  on(listener: (event: ChaosEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] }) as Pipeline<Result>
    return this.#alone.run(work, options)
  }

  stats(): PolicyStats {
    const byType: Record<ChaosType, number> = { fault: 0, latency: 0, outcome: 0, behavior: 0 }
    this.#settings.faults.forEach(({ type }, index) => {
      byType[type] += this.#injected[index] ?? 0
    })
    const { injected, ruleErrors } = this
    return {
      counters: { injected, ruleErrors, ...byType },
      gauges: { isEnabled: this.isEnabled ? 1 : 0 },
    }
  }

  compile(setup: PolicySetup): Level {
    const { isOn } = this.#settings
    if (isOn === undefined) return driver({})
    const { clock = setup.clock, random = setup.random } = this.#options
    const rules = this.#rules(clock, random)
    return driver({
      enter: (run, index) => (isOn() ? new Injection(run, index, rules).start() : undefined),
    })
  }

  #rules(clock: Clock, random: Random): InjectionRules {
    const { faults } = this.#settings
    return {
      nextHit: (call, from) => {
        for (let at = from; at < faults.length; at++) {
          const { scope } = faults[at] as ChaosFault<unknown>
          if (this.#isHit(scope, { at, call, clock, random })) return at
        }
        return -1
      },
      effectOf: (hit, call) => this.#inject(hit, call, random),
      setTimer: (ms, callback) => clock.setTimer(ms, callback),
    }
  }

  #isHit(scope: ChaosFault['scope'], { at, call, clock, random }: Aim): boolean {
    const { rate, schedule, maxInjections, hasOperation, hasKey } = scope
    if ((this.#injected[at] ?? 0) >= maxInjections) return false
    if (schedule !== undefined && !isScheduled(schedule, clock.epochNow())) return false
    try {
      if (!hasOperation(call.operation) || !hasKey(call.key)) return false
      const share = typeof rate === 'function' ? rate(call) : rate
      return random.next() < share
    } catch {
      this.ruleErrors++
      return false
    }
  }

  #inject(hit: number, call: ChaosCall, random: Random): Effect {
    const { type: kind, name: fault, effectOn } = this.#settings.faults[hit] as ChaosFault<unknown>
    this.#injected[hit] = (this.#injected[hit] ?? 0) + 1
    const effect = effectOn(call, random)
    if (this.#events.hasListeners) {
      const { operation, attempt } = call
      const about = { policy: this.name, operation, attempt, fault, kind }
      const more = effect.does === 'wait' ? { latencyMs: effect.ms } : {}
      this.#events.emit({ type: 'FaultInjected', ...about, ...more })
    }
    return effect
  }
}

interface Aim {
  readonly at: number
  readonly call: ChaosCall
  readonly clock: Clock
  readonly random: Random
}
