import type { InstanceView, OutcomeTotals, ServiceDetailView } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import { until } from '../clock/until.ts'
import type { Processes } from '../fleet/processes.ts'
import { callJson } from '../http/call-json.ts'
import type { ServiceBooks } from '../instrument/service-books.ts'
import type { SupervisedProcess } from '../supervise/supervised-process.ts'
import type { BookFigures, BookMismatch } from './demo-report.ts'

const counters = [
  'calls',
  'successes',
  'failures',
  'rejections',
  'cancellations',
  'attempts',
  'attemptFailures',
] as const satisfies readonly (keyof OutcomeTotals)[]

/** What a service counted itself. */
export async function readServiceBooks(process: SupervisedProcess): Promise<ServiceBooks> {
  return (await callJson(`${process.adminUrl}/counters`)) as ServiceBooks
}

/**
 * Compares what the hub holds of each running instance since its start with what the service counted itself,
 * for as long as they differ and at most `withinMs`: reports are on their way for a moment.
 */
export async function compareBooks(
  processes: Processes,
  clock: Clock,
  withinMs: number,
): Promise<BookFigures> {
  let last: BookFigures = { compared: 0, calls: 0, mismatches: [] }
  const look = async (): Promise<BookFigures | undefined> => {
    last = await compareOnce(processes)
    return last.compared > 0 && last.mismatches.length === 0 ? last : undefined
  }
  return (await until(clock, look, { withinMs, everyMs: 250 })) ?? last
}

async function compareOnce(processes: Processes): Promise<BookFigures> {
  const { hub, payments, inventory, recommendations, protected: storefront } = processes
  const services = [payments, inventory, recommendations, storefront]
  const each = await Promise.all(services.map((service) => compareService(hub.url, service)))
  return {
    compared: each.length * counters.length,
    calls: each.reduce((sum, { calls }) => sum + calls, 0),
    mismatches: each.flatMap(({ mismatches }) => mismatches),
  }
}

async function compareService(
  hubUrl: string,
  process: SupervisedProcess,
): Promise<{ readonly calls: number; readonly mismatches: readonly BookMismatch[] }> {
  const { service, instance, operations } = await readServiceBooks(process)
  const found = await readInstance(hubUrl, service, instance)
  const own = (counter: (typeof counters)[number]): number =>
    Object.values(operations).reduce((sum, counts) => sum + counts[counter], 0)
  const mismatches = counters
    .map((counter) => ({
      service,
      instance,
      counter,
      inHub: found?.lifetime[counter] ?? null,
      inService: own(counter),
    }))
    .filter(({ inHub, inService }) => inHub !== inService)
  return { calls: own('calls'), mismatches }
}

async function readInstance(
  hubUrl: string,
  service: string,
  instance: string,
): Promise<InstanceView | undefined> {
  try {
    const detail = (await callJson(`${hubUrl}/api/v1/services/${service}`)) as ServiceDetailView
    return detail.instanceList.find((view) => view.instance === instance)
  } catch {
    // The hub may be away for a moment; the caller looks again.
    return undefined
  }
}
