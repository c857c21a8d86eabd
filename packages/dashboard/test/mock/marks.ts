import type { MarkView, RangeView } from 'breakwater/protocol'
import { outages, type World } from './world.ts'

/** The events of a range. */
export function marksOf(world: World, { from, to }: Pick<RangeView, 'from' | 'to'>): MarkView[] {
  const started = mark(
    world.startedAt - 13 * 60_000,
    'ServiceStarted',
    'recommendations',
    'recommendations started, version 1.8.2',
  )
  const circuits = outages(world).flatMap(([broke, back]) => [
    mark(
      broke + 1_200,
      'CircuitOpened',
      'storefront',
      'payments: circuit opened, 62 % of 120 calls failed in 30 s',
    ),
    ...(Number.isFinite(back)
      ? [
          mark(back + 900, 'CircuitHalfOpened', 'storefront', 'payments: trial call'),
          mark(back + 3_100, 'CircuitClosed', 'storefront', 'payments: circuit closed'),
        ]
      : []),
  ])
  return [started, ...circuits].filter(({ at }) => at >= from && at < to)
}

function mark(at: number, type: string, service: string, message: string): MarkView {
  return { at, type, service, instance: `${service}-1`, message, policy: null, operation: null }
}
