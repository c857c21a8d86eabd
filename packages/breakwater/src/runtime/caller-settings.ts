import type { Clock } from '../clock/clock.ts'
import type { PipelineOptions } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { RuntimeOptions } from './runtime-options.ts'

/** What pipelines are told of their callers. */
export type CallerSettings = Pick<
  PipelineOptions<readonly Policy<unknown>[]>,
  'detach' | 'keepContext' | 'remainingMs'
>

/** Of a runtime that knows in which trace a call runs: it knows the deadline as well, and calls do not leave their context. */
export function callerSettings({ currentTrace, detach }: RuntimeOptions, clock: Clock): CallerSettings {
  if (currentTrace === undefined) return {}
  const remainingMs = (): number | undefined => {
    const { deadlineAt } = currentTrace()
    return deadlineAt === undefined ? undefined : deadlineAt - clock.now()
  }
  return { keepContext: true, remainingMs, ...(detach !== undefined && { detach }) }
}
