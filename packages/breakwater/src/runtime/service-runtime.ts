import type { BulkheadOptions } from '../bulkhead/bulkhead-options.ts'
import { type RetryBudget, retryBudget } from '../budget/retry-budget.ts'
import type { RetryBudgetOptions } from '../budget/retry-budget-options.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import type { Bulkhead } from '../bulkhead/bulkhead-api.ts'
import type { CircuitBreaker } from '../circuit-breaker/circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from '../circuit-breaker/circuit-breaker-options.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import {
  createFaultRecorder,
  type FaultOccurrence,
  type FaultRecorder,
  type RecordedFault,
} from '../faults/fault-recorder.ts'
import type { CallContext } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, ResultOf } from '../pipeline/policy.ts'
import type { ControlState, EventFacts, InstanceIdentity } from '../protocol/index.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import type { KeyedCircuitBreaker } from '../registry/keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from '../registry/keyed-breaker-options.ts'
import { keyedCircuitBreaker } from '../registry/keyed-circuit-breaker.ts'
import { type CallerSettings, callerSettings } from './caller-settings.ts'
import type { CollectedFacts } from './collected-facts.ts'
import { EventLog } from './event-log.ts'
import { eventFactsOf } from './event-facts-of.ts'
import { identityOf } from './identity-of.ts'
import { IntervalNotes } from './interval-notes.ts'
import { type Asking, NamedPolicies } from './named-policies.ts'
import { OperationRegistry } from './operation-registry.ts'
import { type OperationTimeout, OperationTimeouts } from './operation-timeouts.ts'
import type { PolicyEvent } from './policy-event.ts'
import { PolicyRegistry, type Reported } from './policy-registry.ts'
import { PolicyUses } from './policy-uses.ts'
import { randomId } from './random-id.ts'
import { reportedName } from './reported-name.ts'
import { checkRuntimeOptions, type CurrentTrace, type RuntimeOptions } from './runtime-options.ts'
import type { ObservedOptions, Runtime, RuntimeSnapshot } from './runtime-api.ts'
import { watchEvents } from './watch-events.ts'

/** With keys or without: orders and events are the same. */
type Breaker = CircuitBreaker | KeyedCircuitBreaker

const noTrace: CurrentTrace = Object.freeze({})

/** The runtime behind `createRuntime`. */
export class ServiceRuntime implements Runtime {
  readonly identity: InstanceIdentity
  readonly #clock: Clock
  readonly #random: Random
  readonly #currentTrace: () => CurrentTrace
  readonly #callers: CallerSettings
  readonly #operations: OperationRegistry
  readonly #uses = new PolicyUses()
  readonly #policies = new PolicyRegistry()
  readonly #timeouts = new OperationTimeouts()
  readonly #events = new EventLog()
  readonly #notes = new IntervalNotes()
  readonly #faults: FaultRecorder
  readonly #urgent = new Emitter<undefined>()
  readonly #breakers = new NamedPolicies<CircuitBreaker>()
  readonly #keyedBreakers = new NamedPolicies<KeyedCircuitBreaker>()
  readonly #bulkheads = new NamedPolicies<Bulkhead>()
  readonly #budgets = new NamedPolicies<RetryBudget>()
  #orders: ControlState | undefined = undefined
  #collectedTo: number

  constructor(options: RuntimeOptions) {
    checkRuntimeOptions(options)
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? systemRandom
    this.#currentTrace = options.currentTrace ?? (() => noTrace)
    this.#callers = callerSettings(options, this.#clock)
    this.#collectedTo = this.#clock.epochNow()
    this.identity = identityOf(options, this.#collectedTo, this.#random)
    this.#faults = recorderOf(options, this.#clock, this.#random)
    this.#operations = new OperationRegistry(this.#clock, (context, error) =>
      this.#attemptFailed(context, error),
    )
  }

  pipeline<const Policies extends readonly Policy<unknown>[]>(
    options: ObservedOptions<Policies>,
  ): Pipeline<ResultOf<Policies>> {
    const { operation } = options
    const observer = this.#operations.get(operation)
    const onPoliciesSet = (now: readonly Reported[], before: readonly Reported[]): void =>
      this.#replace(operation, now, before)
    const own = { clock: this.#clock, random: this.#random, ...this.#callers }
    const made = pipeline({ ...own, ...options, observer, onPoliciesSet })
    this.#timeouts.set(operation, made.policies)
    this.#uses.add(made.policies)
    for (const policy of options.policies) this.#register(policy, operation)
    return made
  }

  circuitBreaker(name: string, options: Omit<CircuitBreakerOptions, 'name'> = {}): CircuitBreaker {
    const make = (): CircuitBreaker =>
      circuitBreaker({ clock: this.#clock, random: this.#random, ...options, name })
    return this.#breakers.get(name, this.#asking(name, options, make))
  }

  keyedCircuitBreaker(
    name: string,
    options: Omit<KeyedCircuitBreakerOptions, 'name'> = {},
  ): KeyedCircuitBreaker {
    const make = (): KeyedCircuitBreaker =>
      keyedCircuitBreaker({ clock: this.#clock, random: this.#random, ...options, name })
    return this.#keyedBreakers.get(name, this.#asking(name, options, make))
  }

  bulkhead(name: string, options: Omit<BulkheadOptions, 'name'> = {}): Bulkhead {
    const make = (): Bulkhead => bulkhead({ clock: this.#clock, ...options, name })
    return this.#bulkheads.get(name, this.#asking(name, options, make))
  }

  retryBudget(name: string, options: Omit<RetryBudgetOptions, 'name'> = {}): RetryBudget {
    const make = (): RetryBudget => retryBudget({ clock: this.#clock, ...options, name })
    return this.#budgets.get(name, this.#asking(name, options, make))
  }

  timeoutsOf(operation: string): readonly OperationTimeout[] {
    return this.#timeouts.of(operation)
  }

  recordFault(error: unknown, occurrence?: FaultOccurrence): RecordedFault | undefined {
    return this.#faults.record(error, { ...this.#trace(), ...occurrence })
  }

  recordEvent(event: EventFacts): void {
    this.#events.add(event)
  }

  snapshot(): RuntimeSnapshot {
    const operations = Object.fromEntries(
      this.#operations.all().map((metrics) => [metrics.operation, metrics.totals()]),
    )
    const dropped = { operations: this.#operations.dropped, policies: this.#policies.dropped }
    return { identity: this.identity, operations, policies: this.#policies.all(), dropped }
  }

  collect(): CollectedFacts {
    const from = this.#collectedTo
    const to = Math.max(from, this.#clock.epochNow())
    this.#collectedTo = to
    const policies = this.#policies.collect()
    for (const note of this.#notes.of(policies, to)) this.#events.add(note)
    const { operations, dropped: droppedOperations } = this.#operations.collect()
    const { faults, droppedGroups, droppedCounts } = this.#faults.collect()
    const { events, dropped: droppedEvents } = this.#events.collect()
    const dropped = {
      reports: 0,
      events: droppedEvents,
      faultGroups: droppedGroups,
      faultCounts: droppedCounts,
      operations: droppedOperations,
    }
    return { from, to, operations, policies, faults, events, dropped }
  }

  onUrgent(listener: () => void): () => void {
    return this.#urgent.on(listener)
  }

  applyControl(state: ControlState): void {
    this.#orders = state
    for (const { name, policy } of this.#policies.ofKind('circuit-breaker'))
      this.#order(name, policy as Breaker)
  }

  #asking<Made extends Reported>(name: string, options: object, make: () => Made): Asking<Made> {
    const makeAndRegister = (): Made => {
      const policy = make()
      this.#register(policy, name)
      return policy
    }
    return { options, make: makeAndRegister, ignored: (fields) => this.#noteIgnored(name, fields) }
  }

  /** A policy goes on under the name of the one that it replaces: the first of its kind and name that is left out. */
  #replace(operation: string, now: readonly Reported[], before: readonly Reported[]): void {
    this.#timeouts.set(operation, now)
    const left = this.#uses.swap(now, before)
    for (const policy of now) {
      const name = reportedName(policy, operation)
      const place = left.findIndex((old) => old.kind === policy.kind && reportedName(old, operation) === name)
      this.#register(policy, operation, place < 0 ? undefined : left.splice(place, 1)[0])
    }
  }

  /** A policy that is not ours may have no events: it is counted all the same. */
  #register(policy: Reported, operation: string, instead?: Reported): void {
    if (this.#policies.has(policy)) return
    const taken = instead === undefined ? undefined : this.#policies.takeOver(instead, policy)
    const name = taken ?? this.#policies.add(policy, reportedName(policy, operation))
    if (name === undefined) return
    watchEvents(policy, (event) => this.#noteEvent(event, name))
    if (policy.kind !== 'circuit-breaker' || !('on' in policy)) return
    const breaker = policy as Breaker
    breaker.on(() => this.#urgent.emit(undefined))
    this.#order(name, breaker)
  }

  #order(name: string, breaker: Breaker): void {
    const order = this.#orders?.overrides.find(({ policy }) => policy === name)
    if (order !== undefined) breaker.setOverride(order.mode, order.reason)
    else if (this.#orders !== undefined) breaker.setOverride('automatic', 'given back')
  }

  #noteEvent(event: PolicyEvent, policy: string): void {
    const facts = eventFactsOf(event, policy, this.#clock.epochNow())
    if (facts !== undefined) this.#events.add(facts)
  }

  #noteIgnored(policy: string, fields: readonly string[]): void {
    const ignored = fields.join(', ')
    const message = `${policy}: made with other options before, so that ${ignored} is ignored`
    const at = this.#clock.epochNow()
    this.#events.add({ type: 'OptionsIgnored', at, policy, message, details: { ignored } })
  }

  #attemptFailed({ operation, attempt }: CallContext, error: unknown): void {
    this.#faults.record(error, { operation, attempt, ...this.#trace() })
  }

  #trace(): Pick<FaultOccurrence, 'traceId' | 'spanId' | 'context'> {
    const { traceId, spanId, attributes } = this.#currentTrace()
    return {
      ...(traceId !== undefined && { traceId }),
      ...(spanId !== undefined && { spanId }),
      ...(attributes !== undefined && { context: attributes }),
    }
  }
}

function recorderOf(options: RuntimeOptions, clock: Clock, random: Random): FaultRecorder {
  const { rules, scrubber, isInApp } = options
  return createFaultRecorder({
    now: () => clock.epochNow(),
    randomId: () => randomId(random),
    ...(rules !== undefined && { rules }),
    ...(scrubber !== undefined && { scrubber }),
    ...(isInApp !== undefined && { isInApp }),
  })
}
