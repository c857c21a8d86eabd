import type { Admission, AdmissionOwner } from '../circuit-breaker/admission.ts'
import type { CircuitControls, CircuitPermit } from '../circuit-breaker/circuit-breaker-api.ts'
import { CircuitRejection } from '../circuit-breaker/circuit-breaker-errors.ts'
import type { CircuitEvent, CircuitNews } from '../circuit-breaker/circuit-breaker-events.ts'
import { circuitBreakerDefaults } from '../circuit-breaker/circuit-breaker-options.ts'
import { breakerTerms, type BreakerTerms } from '../circuit-breaker/circuit-breaker-terms.ts'
import { permitOf } from '../circuit-breaker/circuit-permit.ts'
import { type OutcomeWeight, weigh } from '../circuit-breaker/outcome-weight.ts'
import { checkMode, StandingOrder } from '../circuit-breaker/standing-order.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { answered, gate, type Level, type Verdict } from '../pipeline/level.ts'
import { failed, type OutcomeKind } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { BreakerFacts, OverrideMode } from '../protocol/policy-facts.ts'
import { checkKey, keyOfRun } from './call-key.ts'
import { KeyRegistry } from './key-registry.ts'
import { type BreakerKeeper, KeyedBreaker } from './keyed-breaker.ts'
import type { KeyedCircuitBreaker } from './keyed-breaker-api.ts'
import type { CircuitKeyEvent } from './keyed-breaker-events.ts'
import { keyedBreakerFacts, looks } from './keyed-breaker-facts.ts'
import {
  type KeyedBreakerSettings,
  type KeyedCircuitBreakerOptions,
  resolveKeyedBreakerOptions,
} from './keyed-breaker-options.ts'
import { type KeyedBreakerSnapshot, parseKeyedSnapshot } from './keyed-breaker-snapshot.ts'

/** Under this name the keys are known that share a breaker, for want of room. */
const overflowKey = '(other)'

/** The breakers behind `keyedCircuitBreaker`. */
export class KeyedBreakers implements KeyedCircuitBreaker, BreakerKeeper, AdmissionOwner {
  readonly kind = 'circuit-breaker'
  readonly name: string
  readonly terms: BreakerTerms
  admitted = 0
  rejected = 0
  succeeded = 0
  failed = 0
  #opened = 0
  #evicted = 0
  #evictedInTrouble = 0
  #overflowed = 0
  #isExhausted = false
  #since: number
  #order: StandingOrder | undefined = undefined
  #overflow: KeyedBreaker | undefined = undefined
  #alone: Pipeline | undefined = undefined
  readonly #settings: KeyedBreakerSettings
  readonly #registry: KeyRegistry<KeyedBreaker>
  readonly #noRoom: CircuitRejection
  readonly #events = new Emitter<CircuitEvent>()
  readonly #keyEvents = new Emitter<CircuitKeyEvent>()

  constructor(options: KeyedCircuitBreakerOptions) {
    const settings = resolveKeyedBreakerOptions(options)
    const { maxKeys, idleMs, breaker } = settings
    this.#settings = settings
    this.name = breaker.name ?? circuitBreakerDefaults.name
    this.terms = breakerTerms(breaker)
    this.#since = this.terms.clock.now()
    const [make, left] = [(key: string) => this.#make(key), (gone: KeyedBreaker) => this.#left(gone)]
    this.#registry = new KeyRegistry({ maxKeys, idleMs, make, left })
    const sentence = `there is no room for another key, as all ${maxKeys} are in trouble`
    this.#noRoom = new CircuitRejection(this.name, sentence, () => undefined)
    if (options.restore !== undefined) this.#restore(options.restore)
    if (options.onEvent !== undefined) this.on(options.onEvent)
    if (options.onKeyEvent !== undefined) this.onKeyEvent(options.onKeyEvent)
  }

  get keys(): number {
    return this.#registry.size
  }

  get keysInTrouble(): number {
    return this.#registry.pinned
  }

  get override(): OverrideMode {
    return this.#order?.mode ?? 'automatic'
  }

  on(listener: (event: CircuitEvent) => void): () => void {
    return this.#events.on(listener)
  }

  onKeyEvent(listener: (event: CircuitKeyEvent) => void): () => void {
    return this.#keyEvents.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(key = ''): CircuitPermit | undefined {
    return permitOf({
      enter: (permits, index) => this.#enter(checkKey(key), permits, index),
      exit: (admission, kind, payload) => admission.owner.exit(admission, kind, payload),
    })
  }

  at(key: string): CircuitControls {
    const breaker = this.#find(checkKey(key))
    if (breaker === undefined) throw this.#noRoom.toError()
    return breaker
  }

  peek(key: string): CircuitControls | undefined {
    return this.#registry.peek(key)
  }

  setOverride(mode: OverrideMode, reason = 'no reason given'): void {
    if (mode === this.override) return
    checkMode(mode)
    const parts = { owner: this, policy: this.name, mode, reason, isolations: [] }
    this.#order = mode === 'automatic' ? undefined : new StandingOrder(parts)
    this.#events.emit({ type: 'CircuitOverridden', policy: this.name, mode, reason })
  }

  facts(): BreakerFacts {
    const { keys, override } = this
    const { pinned } = this.#registry
    const troubled = this.#registry.allPinned(looks)
    return keyedBreakerFacts({ keys, override, pinned, troubled, terms: this.terms, since: this.#since })
  }

  stats(): PolicyStats {
    const { admitted, rejected, succeeded, failed: failures, keys, keysInTrouble } = this
    const counters = {
      ...{ admitted, rejected, succeeded, failed: failures, opened: this.#opened, evicted: this.#evicted },
      ...{ evictedInTrouble: this.#evictedInTrouble, overflowed: this.#overflowed },
    }
    return { counters, gauges: { keys, keysInTrouble }, breaker: this.facts() }
  }

  snapshot(): KeyedBreakerSnapshot {
    const troubled = this.#registry.allPinned(this.#settings.maxKeys)
    return { version: 1, keys: troubled.map((breaker) => [breaker.name, breaker.snapshot()]) }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => this.#enterRun(run, index),
      exit: (run, index) => {
        const admission = run.permits[index] as Admission
        admission.owner.exit(admission, run.kind, run.payload)
      },
    })
  }

  /** A call has ended that the order over all keys admitted. */
  exit(_admission: Admission, kind: OutcomeKind | undefined, payload: unknown): void {
    this.tally(weigh(this.terms, kind, payload))
  }

  tally(weight: OutcomeWeight | undefined): void {
    if (weight === 'success') this.succeeded++
    if (weight === 'failure') this.failed++
  }

  note(breaker: KeyedBreaker, news: CircuitNews): void {
    if (news.type === 'CircuitOpened') this.#opened++
    if (this.#events.hasListeners) this.#events.emit({ ...news, policy: this.name, key: breaker.name })
  }

  turned(breaker: KeyedBreaker): void {
    const before = this.#registry.pinned
    this.#registry.pin(breaker, !breaker.isCalm)
    if ((before === 0) !== (this.#registry.pinned === 0)) this.#since = this.terms.clock.now()
  }

  #enterRun(run: RunHandle, index: number): Verdict {
    try {
      return this.#enter(keyOfRun(run, this.#settings.keyOf), run.permits, index)
    } catch (error) {
      // The user's `keyOf` or `optionsOf` failed: the call fails with that.
      run.answer(failed, error)
      return answered
    }
  }

  #enter(key: string, permits: unknown[], index: number): Verdict {
    const verdict = this.#ask(key, permits, index)
    if (verdict === undefined) this.admitted++
    else this.rejected++
    return verdict
  }

  #ask(key: string, permits: unknown[], index: number): Verdict {
    if (this.#order !== undefined) {
      permits[index] = this.#order
      return this.#order.rejection
    }
    const breaker = this.#find(key)
    return breaker === undefined ? this.#noRoom : breaker.enter(permits, index)
  }

  #find(key: string): KeyedBreaker | undefined {
    const breaker = this.#registry.use(key, this.terms.clock.coarseNow())
    if (breaker !== undefined) return breaker
    this.#overflowed++
    if (!this.#isExhausted) {
      this.#isExhausted = true
      const { maxKeys } = this.#settings
      this.#keyEvents.emit({ type: 'CircuitKeysExhausted', policy: this.name, maxKeys })
    }
    if (this.#settings.onFull === 'reject') return undefined
    this.#overflow ??= new KeyedBreaker(overflowKey, this.terms, this)
    return this.#overflow
  }

  #make(key: string): KeyedBreaker {
    this.#isExhausted = false
    const own = this.#settings.optionsOf(key)
    const terms = own === undefined ? this.terms : breakerTerms({ ...this.#settings.breaker, ...own })
    return new KeyedBreaker(key, terms, this)
  }

  #left(breaker: KeyedBreaker): void {
    this.#evicted++
    if (!breaker.isPinned) return
    this.#evictedInTrouble++
    if (this.#registry.pinned === 0) this.#since = this.terms.clock.now()
    const { name: key, state } = breaker
    const { idleMs } = this.#settings
    this.#keyEvents.emit({ type: 'CircuitKeyEvicted', policy: this.name, key, state, idleMs })
  }

  #restore(snapshot: unknown): void {
    const now = this.terms.clock.coarseNow()
    for (const [key, state] of parseKeyedSnapshot(snapshot))
      this.#registry.use(checkKey(key), now)?.resume(state)
  }
}
