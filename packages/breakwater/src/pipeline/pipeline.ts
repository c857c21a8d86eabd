import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { mustBe } from '../config/check-option.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import type { CallObserver } from './call-observer.ts'
import type { RunOptions, Work } from './call-context.ts'
import { type Call, callsOf } from './call.ts'
import type { CallPool } from './call-pool.ts'
import { checkPipelineOptions } from './check-pipeline-options.ts'
import { disposerOf } from './disposer-of.ts'
import type { Outcome } from './outcome.ts'
import { type Plan, planOf } from './plan.ts'
import type { Policy, ResultOf } from './policy.ts'

/** Options of {@link pipeline}. */
export interface PipelineOptions<Policies extends readonly Policy<unknown>[]> {
  /** Names the protected work in facts, events and on the page: `payments.charge`. @default 'unnamed' */
  readonly operation?: string
  /** Outermost first. The order is kept as it is given. */
  readonly policies: Policies
  /** Whether running the work twice does no harm. When false, retries happen only if the work never left. @default true */
  readonly idempotent?: boolean
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
  /**
   * Frees a value that came too late for its caller, or lost a race. `false` leaves such values alone.
   * @default responses are cancelled, disposables disposed
   */
  readonly dispose?: ((value: unknown) => void) | false
  /**
   * What is left to the caller, milliseconds; undefined when it waits for ever. Asked when a call begins and on its way into each
   * timeout, which then take no more than that, unless they say `propagate: false`; and before each retry, which then begins no wait that
   * is longer. A runtime of `breakwater/node` sets it.
   */
  readonly remainingMs?: () => number | undefined
  /**
   * Whether what is run again after a timeout sees the caller's asynchronous context (`AsyncLocalStorage`, tracing), as all that
   * waited does anyway. Costs each call a little. A runtime of `breakwater/node` sets it. @default false
   */
  readonly keepContext?: boolean
  /**
   * Calls `run` where {@link PipelineOptions.remainingMs} says nothing of this caller: for work that goes on behind a cached
   * answer. A runtime of `breakwater/node` sets it.
   */
  readonly detach?: (run: () => void) => void
  /** Counts the calls; a runtime sets it. */
  readonly observer?: CallObserver
  /** Told of {@link Pipeline.setPolicies}; a runtime sets it. */
  readonly onPoliciesSet?: (now: readonly Policy<unknown>[], before: readonly Policy<unknown>[]) => void
}

/** Policies around an operation, compiled once. `Result` is what the policies may answer with by themselves. */
export interface Pipeline<Result = never> {
  readonly operation: string
  readonly policies: readonly Policy<unknown>[]
  /**
   * Runs the work under the policies.
   *
   * @returns what the work, or a fallback, gives
   * @throws the work's own error as the same object; a rejection of a policy (`CircuitOpenError`,
   * `BulkheadFullError`, `TimeoutError`); the signal's reason when the caller aborts
   */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result>
  /** As {@link Pipeline.run}, but never throws: the error is in the outcome. */
  tryRun<T>(work: Work<T>, options?: RunOptions): Promise<Outcome<T | Result>>
  /** The function under the policies: the same arguments, the same `this`. */
  wrap<Args extends unknown[], T>(
    fn: (...args: Args) => T | PromiseLike<T>,
  ): (...args: Args) => Promise<T | Result>
  /**
   * Puts other policies in place of those there are: for settings that change while the process runs. Calls that run end
   * under the policies that they began with. What is to be remembered is given again, the breaker and the bulkhead; a
   * breaker with other settings takes what the old one knows with `restore: old.snapshot()`. Wrapped functions follow.
   *
   * @throws {TypeError} when it is not a list of policies; those there are stay then
   */
  setPolicies(policies: readonly Policy<Result>[]): void
}

/**
 * Compiles policies around an operation.
 *
 * @throws {TypeError} when `policies` is not a list of policies, or an option is unknown or of another kind
 * @example
 * const charge = pipeline({ operation: 'payments.charge', policies: [retry({ maxRetries: 2 }), timeout({ ms: 500 })] })
 * const receipt = await charge.run(({ signal }) => stripe.charge(order, { signal }))
 */
export function pipeline<const Policies extends readonly Policy<unknown>[]>(
  options: PipelineOptions<Policies>,
): Pipeline<ResultOf<Policies>> {
  checkPipelineOptions(options)
  return new CompiledPipeline<ResultOf<Policies>>(options)
}

type AnyOptions = PipelineOptions<readonly Policy<unknown>[]>

function compile(options: AnyOptions, remainingMs?: () => number | undefined): Plan {
  const setup = {
    operation: options.operation ?? 'unnamed',
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    isIdempotent: options.idempotent ?? true,
    remainingMs,
    detach: options.detach,
  }
  const policies: readonly (Policy<unknown> | undefined)[] = options.policies
  const levels = policies.map((policy, index) => {
    if (typeof policy?.compile === 'function') return policy.compile(setup)
    throw new TypeError(mustBe(`pipeline as 'policies[${index}]'`, 'a policy', policy))
  })
  return planOf({
    operation: setup.operation,
    levels,
    observer: options.observer,
    dispose: disposerOf(options.dispose),
    keepsContext: options.keepContext ?? false,
  })
}

class CompiledPipeline<Result> implements Pipeline<Result> {
  readonly operation: string
  readonly #options: AnyOptions
  #policies: readonly Policy<unknown>[]
  #calls: CallPool<Call>
  /** Of the calls that came with a deadline; compiled for the first of them. */
  #boundCalls: CallPool<Call> | undefined = undefined

  constructor(options: AnyOptions) {
    const plan = compile(options)
    this.operation = plan.operation
    this.#options = { ...options }
    this.#policies = Object.freeze([...options.policies])
    this.#calls = callsOf(plan)
  }

  get policies(): readonly Policy<unknown>[] {
    return this.#policies
  }

  setPolicies(policies: readonly Policy<Result>[]): void {
    const options = { ...this.#options, policies }
    checkPipelineOptions(options)
    const before = this.#policies
    this.#calls = callsOf(compile(options))
    this.#boundCalls = undefined
    this.#policies = Object.freeze([...policies])
    this.#options.onPoliciesSet?.(this.#policies, before)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result> {
    return this.#take().begin(work, options, false) as Promise<T | Result>
  }

  tryRun<T>(work: Work<T>, options?: RunOptions): Promise<Outcome<T | Result>> {
    return this.#take().begin(work, options, true) as Promise<Outcome<T | Result>>
  }

  wrap<Args extends unknown[], T>(
    fn: (...args: Args) => T | PromiseLike<T>,
  ): (...args: Args) => Promise<T | Result> {
    const run = this.run.bind(this)
    return function wrapped(this: unknown, ...args: Args): Promise<T | Result> {
      return run<T>(() => fn.apply(this, args), { args })
    }
  }

  /** Calls without a deadline pay for no more than being asked. */
  #take(): Call {
    const { remainingMs } = this.#options
    if (remainingMs === undefined || !saysSomething(remainingMs)) return this.#calls.take()
    this.#boundCalls ??= callsOf(compile({ ...this.#options, policies: this.#policies }, remainingMs))
    return this.#boundCalls.take()
  }
}

/** A hook of the user's that fails says nothing. */
function saysSomething(remainingMs: () => number | undefined): boolean {
  try {
    return remainingMs() !== undefined
  } catch {
    return false
  }
}
