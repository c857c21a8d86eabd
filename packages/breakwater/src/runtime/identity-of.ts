import type { InstanceIdentity } from '../protocol/index.ts'
import type { Random } from '../random/random.ts'
import { randomId } from './random-id.ts'
import type { RuntimeOptions } from './runtime-options.ts'

/** Who reports: what the options say, and a new name for each start. */
export function identityOf(options: RuntimeOptions, startedAt: number, random: Random): InstanceIdentity {
  const { service, version, environment, host, pid } = options
  return Object.freeze({
    service,
    instance: options.instance ?? randomId(random),
    startedAt,
    ...(version !== undefined && { version }),
    ...(environment !== undefined && { environment }),
    ...(host !== undefined && { host }),
    ...(pid !== undefined && { pid }),
  })
}
