import type { InstanceView } from 'breakwater/protocol'
import type { InstanceRecord } from '../store/instance-store.ts'

/** After so long without a report an instance counts as silent. */
export const silentAfterMs = 10_000

/** How an instance is at a time. */
export function lifeOf(instance: InstanceRecord, now: number): InstanceView['state'] {
  if (instance.state !== 'running') return instance.state
  return now - instance.lastSeenAt > silentAfterMs ? 'silent' : 'live'
}

/** Whether an instance reports. */
export function isLive(instance: InstanceRecord, now: number): boolean {
  return lifeOf(instance, now) === 'live'
}

/** An instance as it is shown. */
export function instanceView(instance: InstanceRecord, now: number): InstanceView {
  const { version, environment, host, pid } = instance
  return {
    instance: instance.instance,
    version: version ?? null,
    environment: environment ?? null,
    host: host ?? null,
    pid: pid ?? null,
    startedAt: instance.startedAt,
    lastSeenAt: instance.lastSeenAt,
    state: lifeOf(instance, now),
    lastSequence: instance.lastSequence,
    missingReports: instance.missingReports,
    dropped: instance.dropped,
    lifetime: instance.lifetime,
  }
}
