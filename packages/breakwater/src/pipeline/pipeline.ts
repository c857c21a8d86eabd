import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import type { CallObserver } from './call-observer.ts'
import type { RunOptions, Work } from './call-context.ts'
import { CallPool } from './call.ts'
import { checkPipelineOptions } from './check-pipeline-options.ts'
import { disposeDiscarded } from './dispose-discarded.ts'
import { isThenable } from './is-thenable.ts'
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
  /** Counts the calls; a runtime sets it. */
  readonly observer?: CallObserver
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
  return new CompiledPipeline<ResultOf<Policies>>(options.policies, compile(options))
}

function compile(options: PipelineOptions<readonly Policy<unknown>[]>): Plan {
  const setup = {
    operation: options.operation ?? 'unnamed',
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    isIdempotent: options.idempotent ?? true,
  }
  const policies: readonly (Policy<unknown> | undefined)[] = options.policies
  const levels = policies.map((policy, index) => {
    if (typeof policy?.compile === 'function') return policy.compile(setup)
    throw new TypeError(
      `Cannot create pipeline as 'policies[${index}]' must be a policy: current value is ${String(policy)}`,
    )
  })
  return planOf({
    operation: setup.operation,
    levels,
    observer: options.observer,
    dispose: disposerOf(options.dispose),
  })
}

function disposerOf(option: ((value: unknown) => void) | false | undefined): (value: unknown) => void {
  if (option === undefined) return disposeDiscarded
  if (option === false) return () => undefined
  return (value) => {
    try {
      const result: unknown = option(value)
      if (isThenable(result)) result.then(undefined, () => undefined)
    } catch {
      // A hook that fails changes nothing for the caller, who has an answer already.
    }
  }
}

class CompiledPipeline<Result> implements Pipeline<Result> {
  readonly policies: readonly Policy<unknown>[]
  readonly operation: string
  readonly #calls: CallPool

  constructor(policies: readonly Policy<unknown>[], plan: Plan) {
    this.policies = Object.freeze([...policies])
    this.operation = plan.operation
    this.#calls = new CallPool(plan)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T | Result> {
    return this.#calls.take().begin(work, options, false) as Promise<T | Result>
  }

  tryRun<T>(work: Work<T>, options?: RunOptions): Promise<Outcome<T | Result>> {
    return this.#calls.take().begin(work, options, true) as Promise<Outcome<T | Result>>
  }

  wrap<Args extends unknown[], T>(
    fn: (...args: Args) => T | PromiseLike<T>,
  ): (...args: Args) => Promise<T | Result> {
    const run = this.run.bind(this)
    return function wrapped(this: unknown, ...args: Args): Promise<T | Result> {
      return run<T>(() => fn.apply(this, args), { args })
    }
  }
}
