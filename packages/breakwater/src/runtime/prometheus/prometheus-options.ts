import { mustBe, show } from '../../config/check-option.ts'
import { oneOf } from '../../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../../config/option-table.ts'
import type { ExpositionFormat } from './exposition-format.ts'

/** Options of `prometheusText`. */
export interface PrometheusOptions {
  /** What {@link expositionFormat} chose. @default 'prometheus' */
  readonly format?: ExpositionFormat
  /**
   * The upper bounds of the buckets of `breakwater_call_duration_seconds`, seconds, ascending; 1 to 100 of them, each from
   * 0.000001 to 4,000. A bucket above them all is added. Changing them changes no count: all durations since the start are
   * spread over the new ones.
   *
   * @default [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
   */
  readonly latencyBoundsSeconds?: readonly number[]
}

/** Bounds as OpenTelemetry advises them for the duration of HTTP requests. */
export const prometheusDefaults: Readonly<Required<PrometheusOptions>> = Object.freeze({
  format: 'prometheus',
  latencyBoundsSeconds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
})

const table: OptionTable<PrometheusOptions> = {
  format: oneOf('prometheus', 'openmetrics'),
  latencyBoundsSeconds: checkBounds,
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {RangeError | TypeError} when an option is wrong or unknown
 */
export function resolvePrometheusOptions(options: PrometheusOptions): Required<PrometheusOptions> {
  checkOptions('Prometheus text', options, table)
  const { format = prometheusDefaults.format } = options
  return {
    format,
    latencyBoundsSeconds: options.latencyBoundsSeconds ?? prometheusDefaults.latencyBoundsSeconds,
  }
}

function checkBounds(what: string, field: string, value: unknown): void {
  if (!Array.isArray(value) || value.length < 1 || value.length > 100)
    throw new TypeError(mustBe(`${what} as '${field}'`, 'an array of 1 to 100 numbers', show(value)))
  value.forEach((bound: unknown, index) => {
    const before: unknown = index === 0 ? 0 : value[index - 1]
    if (typeof bound === 'number' && bound >= 1e-6 && bound <= 4_000 && bound > Number(before)) return
    const rule = 'a number from 0.000001 to 4000 and above the one before'
    throw new RangeError(mustBe(`${what} as '${field}[${index}]'`, rule, show(bound)))
  })
}
