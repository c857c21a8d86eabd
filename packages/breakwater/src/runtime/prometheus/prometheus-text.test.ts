import { describe, expect, it } from 'vitest'
import { bulkhead } from '../../bulkhead/bulkhead.ts'
import { circuitBreaker } from '../../circuit-breaker/circuit-breaker.ts'
import { fixed } from '../../retry/backoff.ts'
import { retry } from '../../retry/retry.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { timeout } from '../../timeout/timeout.ts'
import { createRuntime } from '../runtime.ts'
import { prometheusText } from './prometheus-text.ts'

const down = (): Promise<never> => Promise.reject(new Error('down'))

function setUp(service = 'shop') {
  const clock = new FakeClock()
  return { clock, bw: createRuntime({ service, clock }) }
}

/** The lines of some metrics, without what is said about them. */
function linesOf(text: string, ...names: readonly string[]): readonly string[] {
  return text.split('\n').filter((line) => names.some((name) => line.startsWith(`breakwater_${name}`)))
}

/** The values of all counters and buckets by their series. */
function risingOf(text: string): ReadonlyMap<string, number> {
  const rising = linesOf(text, '').filter((line) => /_(?:total|bucket|sum|count)[{ ]/.test(line))
  return new Map(rising.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

const mailText = String.raw`# HELP breakwater_calls_total Calls that ended, by outcome
# TYPE breakwater_calls_total counter
breakwater_calls_total{operation="mail \"a\\b\" 日本",outcome="cancellation"} 0
breakwater_calls_total{operation="mail \"a\\b\" 日本",outcome="failure"} 1
breakwater_calls_total{operation="mail \"a\\b\" 日本",outcome="rejection"} 0
breakwater_calls_total{operation="mail \"a\\b\" 日本",outcome="success"} 1
# HELP breakwater_calls_in_flight Calls that run now
# TYPE breakwater_calls_in_flight gauge
breakwater_calls_in_flight{operation="mail \"a\\b\" 日本"} 0
# HELP breakwater_calls_spared_total Successes that a policy made of failures
# TYPE breakwater_calls_spared_total counter
breakwater_calls_spared_total{operation="mail \"a\\b\" 日本",by="cache"} 0
breakwater_calls_spared_total{operation="mail \"a\\b\" 日本",by="fallback"} 0
breakwater_calls_spared_total{operation="mail \"a\\b\" 日本",by="hedge"} 0
breakwater_calls_spared_total{operation="mail \"a\\b\" 日本",by="retry"} 0
# HELP breakwater_attempts_total Runs of the work, retries and hedges included
# TYPE breakwater_attempts_total counter
breakwater_attempts_total{operation="mail \"a\\b\" 日本"} 2
# HELP breakwater_attempts_failed_total Runs of the work that failed
# TYPE breakwater_attempts_failed_total counter
breakwater_attempts_failed_total{operation="mail \"a\\b\" 日本"} 1
# HELP breakwater_policy_events_total What policies count: admitted, rejected, …
# TYPE breakwater_policy_events_total counter
breakwater_policy_events_total{kind="circuit-breaker",policy="smtp",event="admitted"} 2
breakwater_policy_events_total{kind="circuit-breaker",policy="smtp",event="failed"} 1
breakwater_policy_events_total{kind="circuit-breaker",policy="smtp",event="opened"} 1
breakwater_policy_events_total{kind="circuit-breaker",policy="smtp",event="rejected"} 0
breakwater_policy_events_total{kind="circuit-breaker",policy="smtp",event="succeeded"} 1
breakwater_policy_events_total{kind="timeout",policy="mail \"a\\b\" 日本",event="timedOut"} 0
# HELP breakwater_policy_duration_seconds The times of policies: limit, delay, interval, …
# TYPE breakwater_policy_duration_seconds gauge
breakwater_policy_duration_seconds{kind="timeout",policy="mail \"a\\b\" 日本",gauge="limit"} 1.5
# HELP breakwater_circuit_breaker_state 0 closed, 1 half-open, 2 open
# TYPE breakwater_circuit_breaker_state gauge
breakwater_circuit_breaker_state{policy="smtp"} 2
# HELP breakwater_dropped_total Pipelines and policies beyond the limits of the runtime, which have no metrics of their own
# TYPE breakwater_dropped_total counter
breakwater_dropped_total{what="operation"} 0
breakwater_dropped_total{what="policy"} 0
# HELP breakwater_call_duration_seconds How long whole calls took, retries and waits included; those that the caller aborted are left out
# TYPE breakwater_call_duration_seconds histogram
breakwater_call_duration_seconds_bucket{operation="mail \"a\\b\" 日本",le="0.1"} 1
breakwater_call_duration_seconds_bucket{operation="mail \"a\\b\" 日本",le="1.0"} 2
breakwater_call_duration_seconds_bucket{operation="mail \"a\\b\" 日本",le="+Inf"} 2
breakwater_call_duration_seconds_sum{operation="mail \"a\\b\" 日本"} 0.5
breakwater_call_duration_seconds_count{operation="mail \"a\\b\" 日本"} 2
`

describe('prometheusText()', () => {
  it('writes the counts, levels and durations of a runtime, whatever its operations are called', async () => {
    const { clock, bw } = setUp()
    const breaker = circuitBreaker({ name: 'smtp', consecutiveFailures: 1, clock })
    const mail = bw.pipeline({ operation: 'mail "a\\b" 日本', policies: [breaker, timeout({ ms: 1_500 })] })
    await mail.run(() => 1)
    const slow = mail.tryRun(() => clock.sleep(500).then(down))
    await clock.advance(500)
    await slow

    expect(prometheusText(bw, { latencyBoundsSeconds: [0.1, 1] })).toBe(mailText)
  })

  it('writes OpenMetrics on request: another name for counters, the unit, an end', () => {
    const { bw } = setUp()
    bw.pipeline({ operation: 'mail', policies: [] })

    const lines = prometheusText(bw, { format: 'openmetrics' }).split('\n')

    expect(lines.slice(0, 3)).toEqual([
      '# HELP breakwater_calls Calls that ended, by outcome',
      '# TYPE breakwater_calls counter',
      'breakwater_calls_total{operation="mail",outcome="cancellation"} 0',
    ])
    expect(lines).toContain('# UNIT breakwater_call_duration_seconds seconds')
    expect(lines.slice(-2)).toEqual(['# EOF', ''])
  })

  it('writes the same lines in whatever order operations and policies were made', () => {
    const { bw: one } = setUp()
    const { bw: other } = setUp()
    const make = (bw: typeof one, operation: string) =>
      bw.pipeline({ operation, policies: [timeout({ ms: 1 })] })
    make(one, 'b')
    make(one, 'a')
    make(other, 'a')
    make(other, 'b')

    expect(prometheusText(one)).toBe(prometheusText(other))
  })

  it('takes nothing from a reporter, and nothing goes down when one collects', async () => {
    const { bw } = setUp()
    const { bw: unwatched } = setUp()
    const policies = () => [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })]
    const [watched, alone] = [bw, unwatched].map((each) =>
      each.pipeline({ operation: 'a', policies: policies() }),
    )
    await watched?.tryRun(down)
    await alone?.tryRun(down)
    const first = risingOf(prometheusText(bw))
    const reports = [bw.collect(), unwatched.collect()]
    const second = risingOf(prometheusText(bw))
    await watched?.tryRun(down)
    await alone?.tryRun(down)
    const third = risingOf(prometheusText(bw))
    const later = [bw.collect(), unwatched.collect()]

    const countsOf = ({ operations, policies: facts, dropped }: (typeof reports)[0]) => ({
      operations,
      facts,
      dropped,
    })
    expect(reports.slice(0, 1).map(countsOf)).toEqual(reports.slice(1).map(countsOf))
    expect(later.slice(0, 1).map(countsOf)).toEqual(later.slice(1).map(countsOf))
    expect(second).toEqual(first)
    expect([...third.values()]).toEqual([...first.values()].map((value) => 2 * value))
  })

  it('goes on with the counts of policies that others replace, and of one that comes back', async () => {
    const { bw } = setUp()
    const [before, after] = [
      retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) }),
      retry({ maxRetries: 0 }),
    ]
    const line = bw.pipeline({ operation: 'a', policies: [before] })
    const retries = () =>
      linesOf(prometheusText(bw), 'policy_events_total').filter((text) => text.includes('retries'))
    await line.tryRun(down)
    line.setPolicies([after])
    const replaced = retries()
    line.setPolicies([before])
    await line.tryRun(down)

    const series = 'breakwater_policy_events_total{kind="retry",policy="a",event="retries"}'
    expect([replaced, retries()]).toEqual([[`${series} 1`], [`${series} 2`]])
  })

  it('tells two runtimes apart by their service', async () => {
    const shops = [setUp('shop').bw, setUp('bank').bw]
    const lines = shops.map((bw) => bw.pipeline({ operation: 'a', policies: [] }))
    await lines[0]?.run(() => 1)

    const text = prometheusText(shops)

    expect(linesOf(text, 'attempts_total')).toEqual([
      'breakwater_attempts_total{service="bank",operation="a"} 0',
      'breakwater_attempts_total{service="shop",operation="a"} 1',
    ])
    expect(text.match(/^# TYPE breakwater_attempts_total /gm)).toHaveLength(1)
    expect(linesOf(text, 'call_duration_seconds_count{service="shop"')).toHaveLength(1)
  })

  it('counts what is beyond the limits of a runtime, and writes no series for it', () => {
    const { bw } = setUp()
    for (let i = 0; i < 1_001; i++)
      bw.pipeline({ operation: `op-${i}`, policies: [timeout({ ms: 1 }), bulkhead()] })
    const reported = [bw.collect(), bw.collect()].map(({ dropped }) => dropped.operations)

    const text = prometheusText(bw)

    expect(reported).toEqual([2, 0])
    expect(linesOf(text, 'dropped_total')).toEqual([
      'breakwater_dropped_total{what="operation"} 2',
      'breakwater_dropped_total{what="policy"} 2',
    ])
    expect(linesOf(text, 'attempts_total')).toHaveLength(1_000)
    expect(linesOf(text, 'attempts_total{operation="(other)"}')).toHaveLength(1)
    expect(linesOf(text, 'policy_duration_seconds')).toHaveLength(1_000)
  })

  it('keeps a series once, and its metrics whole, when a policy that is not ours counts under odd names', () => {
    const { bw } = setUp()
    const stats = () => ({ counters: { 'a\n"\\': 1, '\ud800': 2, '\udfff': 3 }, gauges: {} })
    const { compile } = bulkhead()
    bw.pipeline({ operation: 'a', policies: [{ kind: 'bulkhead', name: 'x\ny', stats, compile }] })

    expect(linesOf(prometheusText(bw), 'policy_events_total')).toEqual([
      String.raw`breakwater_policy_events_total{kind="bulkhead",policy="x y",event="a\n\"\\"} 1`,
      'breakwater_policy_events_total{kind="bulkhead",policy="x y",event="\ufffd"} 3',
    ])
  })
})
