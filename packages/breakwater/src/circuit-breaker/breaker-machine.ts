import type { Verdict } from '../pipeline/level.ts'
import { type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import { type Admission, type AdmissionOwner, TimedAdmission } from './admission.ts'
import { BreakerPast } from './breaker-past.ts'
import { CircuitRejection } from './circuit-breaker-errors.ts'
import type { CircuitNews } from './circuit-breaker-events.ts'
import type { BreakerTerms } from './circuit-breaker-terms.ts'
import { ClosedState } from './closed-state.ts'
import { HealthWatch } from './dependency-health.ts'
import { FailureLog } from './failure-log.ts'
import { HalfOpenState, Trial } from './half-open-state.ts'
import { makeClosedState } from './make-closed-state.ts'
import { OpenState } from './open-state.ts'
import { openTimeOf } from './open-time.ts'
import { type OutcomeWeight, weigh } from './outcome-weight.ts'
import { RampState } from './ramp-state.ts'
import type { StandingOrder } from './standing-order.ts'

/** What a breaker is in, by itself. */
export type MachineState = ClosedState | OpenState | HalfOpenState | RampState

/**
 * The states of one breaker and the ways between them; every check-and-change is one synchronous method. It holds as
 * little as it can: terms are shared, and what only trouble needs is made when trouble comes.
 */
export abstract class BreakerMachine implements AdmissionOwner {
  readonly name: string
  readonly terms: BreakerTerms
  admitted = 0
  rejected = 0
  succeeded = 0
  protected phase: MachineState
  protected order: StandingOrder | undefined = undefined
  protected past: BreakerPast | undefined = undefined

  constructor(name: string, terms: BreakerTerms) {
    this.name = name
    this.terms = terms
    this.phase = makeClosedState(this, terms.clock.now())
  }

  /** Tells whoever listens. */
  protected abstract emit(news: CircuitNews): void

  /** The state, or the order that stands over it, is another one. */
  protected abstract changed(): void

  /** Who refuses: the name in rejections. */
  protected abstract get policy(): string

  /** Decides on one call; what admitted it is then at `index` of the permits. */
  enter(permits: unknown[], index: number): Verdict {
    const { phase: state } = this
    if (state.kind !== 'closed' || this.order !== undefined || this.terms.slowCallMs > 0)
      return this.enterWithCare(permits, index)
    this.admitted++
    if (permits[index] !== state) permits[index] = state
    return undefined
  }

  /** Gives what the outcome says, for those who count it as well. */
  exit(admission: Admission, kind: OutcomeKind | undefined, payload: unknown): OutcomeWeight | undefined {
    const { phase: state } = this
    if (kind !== succeeded || admission !== state || state.kind !== 'closed')
      return this.exitWithCare(admission, kind, payload)
    this.succeeded++
    state.succeed(this.terms.clock.coarseNow())
    return 'success'
  }

  private enterWithCare(permits: unknown[], index: number): Verdict {
    if (this.order !== undefined) {
      permits[index] = this.order
      return this.answer(this.order.rejection)
    }
    const now = this.terms.clock.now()
    const by = this.admit(now)
    if (by instanceof CircuitRejection) return this.answer(by)
    permits[index] = this.terms.slowCallMs > 0 ? new TimedAdmission(by, now) : by
    return this.answer(undefined)
  }

  private answer(rejection: CircuitRejection | undefined): CircuitRejection | undefined {
    if (rejection === undefined) this.admitted++
    else this.rejected++
    return rejection
  }

  private admit(now: number): Admission | CircuitRejection {
    const { phase: state } = this
    if (state.kind === 'closed') return state
    if (state.kind === 'ramp') return this.admitByShare(state, now)
    if (state.kind === 'open' && now < state.retryAt) return state.rejection
    const halfOpen = state.kind === 'half-open' ? state : this.halfOpen(now)
    return halfOpen.admit(now) ?? new CircuitRejection(this.policy, 'trials are under way', () => undefined)
  }

  private admitByShare(state: RampState, now: number): Admission | CircuitRejection {
    const share = state.share(now)
    if (share === 1) this.settle(state.closed)
    return share === 1 || this.terms.random.next() < share ? state.closed : state.rejection(share)
  }

  /** Failures, trials, timed calls, ramps, and calls that an older state or an order admitted. */
  private exitWithCare(
    admission: Admission,
    kind: OutcomeKind | undefined,
    payload: unknown,
  ): OutcomeWeight | undefined {
    const isTimed = admission instanceof TimedAdmission
    const by = isTimed ? admission.by : admission
    const { clock, slowCallMs } = this.terms
    const isSlow = isTimed && clock.now() - admission.startedAt >= slowCallMs
    const weight = this.weigh(kind, payload)
    if (by instanceof Trial) this.exitTrial(by, weight, isSlow)
    else if (by instanceof ClosedState) this.exitClosed(by, weight, isSlow)
    return weight
  }

  private exitTrial(trial: Trial, weight: OutcomeWeight | undefined, isSlow: boolean): void {
    const { state } = trial
    if (!state.end(trial) || state !== this.phase || weight === undefined) return
    this.judgeTrial(state, weight, isSlow)
  }

  /** A trial of `state`, which is the state still, has ended. */
  protected judgeTrial(state: HalfOpenState, weight: OutcomeWeight, isSlow: boolean): void {
    if (weight === 'success' && !isSlow) {
      if (state.succeed()) this.close()
    } else if (state.fail()) this.open(weight === 'failure' ? 'a trial failed' : 'a trial was slow')
  }

  /** Counts an outcome, if its call was admitted by the state that it is in still, or that follows a ramp. */
  protected exitClosed(closed: ClosedState, weight: OutcomeWeight | undefined, isSlow: boolean): void {
    const { phase: state, terms } = this
    const ramp = state.kind === 'ramp' && state.closed === closed ? state : undefined
    if (weight === undefined || (closed !== state && ramp === undefined)) return
    const now = terms.clock.coarseNow()
    const isFailure = weight === 'failure' || (isSlow && terms.consecutiveFailures > 0)
    let reason = isFailure ? closed.fail(now) : closed.succeed(now)
    if (isSlow) reason ??= closed.slow()
    reason ??= isFailure ? ramp?.fail() : ramp?.succeed()
    if (reason !== undefined) this.open(reason)
  }

  /** What an outcome says, counted over the breaker's life: each outcome comes here once, or is a success of a closed circuit. */
  protected weigh(kind: OutcomeKind | undefined, payload: unknown): OutcomeWeight | undefined {
    const weight = weigh(this.terms, kind, payload)
    if (weight === 'success') this.succeeded++
    if (weight === 'failure') this.noteFailure(payload)
    return weight
  }

  private noteFailure(error: unknown): void {
    const { failuresKept, clock } = this.terms
    const past = this.remember()
    past.failed++
    if (failuresKept === 0) return
    past.failures ??= new FailureLog(failuresKept)
    past.failures.note(error, clock.coarseNow())
  }

  protected remember(): BreakerPast {
    this.past ??= new BreakerPast()
    return this.past
  }

  protected open(reason: string): void {
    const { terms, policy, phase: state } = this
    const past = this.remember()
    const since = terms.clock.now()
    if (state.kind === 'closed' || state.kind === 'ramp') past.troubleSince = since
    if (state.kind !== 'closed' && past.health === 'healthy') past.isHealthTrusted = false
    past.opened++
    past.openings++
    past.openMs = openTimeOf(terms, past.openings, past.openMs)
    const { openMs } = past
    const times = { since, openMs, retryAt: since + openMs, heldUntil: since + terms.maxOpenMs }
    this.enterState(new OpenState({ policy, reason, now: () => terms.clock.now(), ...times }))
    this.emit({ type: 'CircuitOpened', reason, openMs })
  }

  protected halfOpen(now: number): HalfOpenState {
    const state = new HalfOpenState(this, now)
    this.enterState(state)
    this.emit({ type: 'CircuitHalfOpened' })
    return state
  }

  protected close(): void {
    const since = this.terms.clock.now()
    const closed = makeClosedState(this, since)
    const hasRamp = this.terms.rampSteps.length > 0
    if (hasRamp) this.enterState(new RampState({ owner: this, policy: this.policy, since, closed }))
    else this.settle(closed)
    this.emit({ type: 'CircuitClosed', afterMs: since - (this.past?.troubleSince ?? since) })
  }

  /** Closed for good: the next trouble is a new one. */
  protected settle(closed: ClosedState): void {
    if (this.past !== undefined) {
      this.past.openings = 0
      this.past.openMs = 0
    }
    this.enterState(closed)
  }

  protected enterState(state: MachineState): void {
    this.phase = state
    this.changed()
    this.watchHealth()
  }

  /** Listens to the probe while the circuit is open or half-open, and only then. */
  private watchHealth(): void {
    const { healthProbe } = this.terms
    if (healthProbe === undefined) return
    const past = this.remember()
    const isWanted = this.phase.kind === 'open' || this.phase.kind === 'half-open'
    if (!isWanted) {
      past.watch?.end()
      past.watch = undefined
    } else if (past.watch === undefined) {
      past.watch = new HealthWatch((isHealthy) => this.heard(isHealthy))
      past.watch.start(healthProbe)
    }
  }

  /** A healthy dependency is tried at once, unless trials have contradicted that; an unhealthy one later. */
  protected heard(isHealthy: boolean): void {
    const { phase: state } = this
    const past = this.remember()
    const now = this.terms.clock.now()
    past.health = isHealthy ? 'healthy' : 'unhealthy'
    past.healthAt = now
    if (!isHealthy || state.kind === 'closed') past.isHealthTrusted = true
    if (state.kind !== 'open') return
    if (!isHealthy) state.putOff(now)
    else if (past.isHealthTrusted) state.hasten(now)
  }
}
