import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { BreakerFacts, BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import { type BreakerDiagnosis, diagnoseBreaker } from './breaker-diagnosis.ts'
import { breakerFacts, type BreakerSituation } from './breaker-facts.ts'
import { BreakerMachine } from './breaker-machine.ts'
import { type BreakerSnapshot, parseSnapshot } from './breaker-snapshot.ts'
import { makeClosedState } from './make-closed-state.ts'
import { OpenState } from './open-state.ts'
import type { OutcomeWeight } from './outcome-weight.ts'
import { checkMode, type Isolation, StandingOrder } from './standing-order.ts'

/** The hands that people and programs lay on a breaker, and what it says of itself. */
export abstract class ControlledMachine extends BreakerMachine {
  get state(): BreakerState {
    const { phase: state } = this
    if (state.kind === 'ramp') return 'closed'
    return state.kind === 'open' && state.retryAt <= this.terms.clock.now() ? 'half-open' : state.kind
  }

  get isCalm(): boolean {
    return this.phase.kind === 'closed' && this.order === undefined
  }

  get override(): OverrideMode {
    return this.order?.effect ?? 'automatic'
  }

  get isolation(): Isolation | undefined {
    return this.order?.isolations[0]
  }

  get opened(): number {
    return this.past?.opened ?? 0
  }

  get failed(): number {
    return this.past?.failed ?? 0
  }

  get admittedShare(): number {
    const { phase: state, order } = this
    if (order !== undefined) return order.rejection === undefined ? 1 : 0
    if (state.kind === 'ramp') return state.share(this.terms.clock.now())
    return state.kind === 'closed' ? 1 : 0
  }

  isOpen(): boolean {
    const { phase: state, order } = this
    if (order !== undefined) return order.rejection !== undefined
    return state.kind === 'open' && this.terms.clock.now() < state.retryAt
  }

  setOverride(mode: OverrideMode, reason = 'no reason given'): void {
    if (mode === (this.order?.mode ?? 'automatic')) return
    checkMode(mode)
    this.give(mode, reason, this.order?.isolations ?? [])
  }

  isolate(reason = 'no reason given'): Isolation {
    const isolation: Isolation = { reason, release: () => this.release(isolation) }
    const { mode = 'automatic', reason: before = '', isolations = [] } = this.order ?? {}
    this.give(mode, before, [...isolations, isolation])
    return isolation
  }

  /** Counts an outcome of a call that it did not admit itself; gives what it says. */
  record(kind: OutcomeKind, payload: unknown, durationMs: number): OutcomeWeight | undefined {
    const weight = this.weigh(kind, payload)
    if (this.order === undefined) this.judge(weight, durationMs)
    return weight
  }

  recordSuccess(durationMs = 0): void {
    this.record(succeeded, undefined, durationMs)
  }

  recordFailure(error: unknown, durationMs = 0): void {
    this.record(failed, error, durationMs)
  }

  dependencyHealthy(): void {
    this.heard(true)
  }

  dependencyUnhealthy(): void {
    this.heard(false)
  }

  reset(): void {
    const now = this.terms.clock.now()
    const wasClosed = this.phase.kind === 'closed' || this.phase.kind === 'ramp'
    this.settle(makeClosedState(this, now))
    if (!wasClosed) this.emit({ type: 'CircuitClosed', afterMs: now - (this.past?.troubleSince ?? now) })
  }

  facts(): BreakerFacts {
    return breakerFacts(this.situation())
  }

  diagnose(): BreakerDiagnosis {
    return diagnoseBreaker(this.situation(), this.past)
  }

  snapshot(): BreakerSnapshot {
    const { phase: state, order, past } = this
    const { state: kind, since, reason, nextTrialAt } = this.facts()
    const { clock } = this.terms
    const closed = state.kind === 'ramp' ? state.closed : state
    return {
      ...{ version: 1, at: Math.round(clock.epochNow()), state: kind, since, reason, retryAt: nextTrialAt },
      openings: past?.openings ?? 0,
      override: order?.mode ?? 'automatic',
      overrideReason: order?.reason ?? '',
      isolated: order?.isolations[0]?.reason ?? null,
      evidence: closed.kind === 'closed' ? closed.dump(clock.coarseNow()) : [],
    }
  }

  /** Goes on where a snapshot was taken: nothing is announced, and no wait is longer than this breaker's own would be. */
  protected restore(value: unknown): void {
    const { state, since, at, reason, openings, retryAt, evidence, ...orders } = parseSnapshot(value)
    const { clock, maxOpenMs, jitter } = this.terms
    const now = clock.now()
    const ageMs = Math.max(0, clock.epochNow() - at)
    const stoodMs = Math.max(0, at - since) + ageMs
    if (state === 'closed') this.restoreClosed(evidence, ageMs, stoodMs)
    else {
      const longestMs = maxOpenMs * (1 + jitter)
      const leftMs = state === 'open' ? Math.min(longestMs, Math.max(0, (retryAt ?? at) - at - ageMs)) : 0
      this.restoreOpen({ reason, openings, leftMs, stoodMs }, now)
    }
    if (orders.override !== 'automatic') this.setOverride(orders.override, orders.overrideReason)
    if (orders.isolated !== null) this.isolate(orders.isolated)
  }

  private judge(weight: OutcomeWeight | undefined, durationMs: number): void {
    const { slowCallMs, clock } = this.terms
    const now = clock.now()
    if (this.phase.kind === 'open' && now < this.phase.retryAt) return
    const isSlow = slowCallMs > 0 && durationMs >= slowCallMs
    const state = this.phase.kind === 'open' ? this.halfOpen(now) : this.phase
    if (weight === undefined || state !== this.phase) return
    if (state.kind === 'half-open') this.judgeTrial(state, weight, isSlow)
    else this.exitClosed(state.kind === 'ramp' ? state.closed : state, weight, isSlow)
  }

  private restoreClosed(evidence: readonly number[], ageMs: number, stoodMs: number): void {
    const now = this.terms.clock.now()
    const closed = makeClosedState(this, now - stoodMs)
    closed.load(evidence, this.terms.clock.coarseNow(), ageMs)
    this.enterState(closed)
  }

  private restoreOpen(
    parts: { reason: string; openings: number; leftMs: number; stoodMs: number },
    at: number,
  ): void {
    const { policy, terms } = this
    const { reason, openings, leftMs, stoodMs } = parts
    const past = this.remember()
    past.openings = Math.max(1, openings)
    past.openMs = leftMs
    past.troubleSince = at - stoodMs
    const now = (): number => terms.clock.now()
    const times = {
      since: at - stoodMs,
      openMs: leftMs,
      retryAt: at + leftMs,
      heldUntil: at + terms.maxOpenMs,
    }
    this.enterState(new OpenState({ policy, reason, now, ...times }))
  }

  private release(isolation: Isolation): void {
    const { order } = this
    if (order === undefined || !order.isolations.includes(isolation)) return
    const isolations = order.isolations.filter((other) => other !== isolation)
    this.give(order.mode, order.reason, isolations)
  }

  private give(mode: OverrideMode, reason: string, isolations: readonly Isolation[]): void {
    const before = this.override
    const hasOrder = mode !== 'automatic' || isolations.length > 0
    const parts = { owner: this, policy: this.policy, mode, reason, isolations }
    this.order = hasOrder ? new StandingOrder(parts) : undefined
    this.changed()
    const after = this.override
    if (after === before) return
    const said = reason === '' ? 'isolation released' : reason
    this.emit({ type: 'CircuitOverridden', mode: after, reason: isolations[0]?.reason ?? said })
  }

  private situation(): BreakerSituation {
    const { terms, phase: state, override } = this
    return { terms, state, override, orderReason: this.order?.isolations[0]?.reason ?? this.order?.reason }
  }
}
