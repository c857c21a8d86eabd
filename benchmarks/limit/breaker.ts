import { LimitWindow } from './window.ts'

/** What a {@link LimitBreaker} is made with. */
export interface LimitBreakerSettings {
  readonly failureRatio: number
  readonly minimumCalls: number
  readonly windowMs: number
  readonly openMs: number
  /** Above 0: opens after so many failures in a row, whatever the ratio. */
  readonly consecutiveFailures?: number
}

/** What a refused call throws; one object, no stack. */
export const circuitIsOpen: Error = new Error('circuit open')
const never = Number.MAX_VALUE

/** A circuit breaker with nothing but the rules: window, open time, one trial, late outcomes of an older state ignored. */
export class LimitBreaker {
  readonly #settings: LimitBreakerSettings
  #window: LimitWindow | undefined = undefined
  #inARow = 0
  /** Changes with each state, so that an outcome counts only in the state that admitted it. */
  #generation = 0
  #openUntil: number = -never
  #isTrialOut = false

  constructor(settings: LimitBreakerSettings) {
    this.#settings = settings
  }

  /** The generation that admits the call, or -1 when it is refused. */
  enter(now: number): number {
    if (this.#openUntil === -never) return this.#generation
    if (now < this.#openUntil || this.#isTrialOut) return -1
    this.#isTrialOut = true
    return this.#generation
  }

  /** Learns how the call ended. */
  exit(generation: number, isSuccess: boolean, now: number): void {
    if (generation !== this.#generation) return
    if (this.#isTrialOut) this.#change(isSuccess ? -never : now + this.#settings.openMs)
    else if (this.#opensAfter(isSuccess, now)) this.#change(now + this.#settings.openMs)
  }

  /** The call says nothing about the dependency. */
  ignore(generation: number): void {
    if (generation === this.#generation) this.#isTrialOut = false
  }

  #opensAfter(isSuccess: boolean, now: number): boolean {
    const { consecutiveFailures = 0, failureRatio, minimumCalls, windowMs } = this.#settings
    if (consecutiveFailures > 0) {
      this.#inARow = isSuccess ? 0 : this.#inARow + 1
      return this.#inARow >= consecutiveFailures
    }
    const window = (this.#window ??= new LimitWindow(windowMs))
    window.add(isSuccess, now)
    if (isSuccess) return false
    const calls = window.successes + window.failures
    return calls >= minimumCalls && window.failures >= failureRatio * calls
  }

  #change(openUntil: number): void {
    this.#generation++
    this.#openUntil = openUntil
    this.#isTrialOut = false
    this.#window = undefined
    this.#inARow = 0
  }
}
