import type { LiveFigures, LiveTick, MarkView, Report } from 'breakwater/protocol'
import { OutcomeSum, sparedOf } from './outcome-sum.ts'

const maxMarks = 50
const maxNames = 500

/** What happened since the tick before. */
export type LiveWindowTick = Pick<
  LiveTick,
  'total' | 'services' | 'marks' | 'changedServices' | 'changedPolicies' | 'changedGroups'
>

/** Collects what reports say until the next tick takes it. */
export class LiveWindow {
  #total = new OutcomeSum()
  #services = new Map<string, OutcomeSum>()
  #marks: MarkView[] = []
  #policies = new Set<string>()
  #groups = new Set<string>()

  /** Takes a report that is stored. */
  add(report: Report): void {
    const { service, instance } = report.identity
    const sum = this.#services.get(service) ?? new OutcomeSum()
    this.#services.set(service, sum)
    for (const facts of report.operations) {
      sum.add(facts)
      this.#total.add(facts)
    }
    for (const { type, at, message, policy, operation } of report.events) {
      this.#addMark({
        at,
        type,
        service,
        instance,
        message,
        policy: policy ?? null,
        operation: operation ?? null,
      })
    }
    for (const { name, counters, breaker } of report.policies) {
      const isActive = breaker !== undefined || Object.values(counters).some((count) => count > 0)
      if (isActive) this.policyChanged(service, name)
    }
    for (const { fingerprint } of report.faults) addBounded(this.#groups, fingerprint)
  }

  /** Takes that somebody changed a policy. */
  policyChanged(service: string, name: string): void {
    addBounded(this.#policies, `${service}/${name}`)
  }

  /** Everything since it was taken last; starts anew. */
  take(): LiveWindowTick {
    const tick: LiveWindowTick = {
      total: figuresOf(this.#total),
      services: Object.fromEntries([...this.#services].map(([name, sum]) => [name, figuresOf(sum)])),
      marks: this.#marks,
      changedServices: [...this.#services.keys()].slice(0, maxNames),
      changedPolicies: [...this.#policies],
      changedGroups: [...this.#groups],
    }
    this.#total = new OutcomeSum()
    this.#services = new Map()
    this.#marks = []
    this.#policies = new Set()
    this.#groups = new Set()
    return tick
  }

  #addMark(mark: MarkView): void {
    this.#marks.push(mark)
    if (this.#marks.length > maxMarks) this.#marks.shift()
  }
}

function addBounded(names: Set<string>, name: string): void {
  if (names.size < maxNames) names.add(name)
}

function figuresOf(sum: OutcomeSum): LiveFigures {
  const totals = sum.totals()
  const { calls, successes, failures, rejections } = totals
  const { p50, p95, p99 } = sum.latency()
  return { calls, successes, failures, rejections, spared: sparedOf(totals), p50, p95, p99 }
}
