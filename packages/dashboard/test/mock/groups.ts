import type {
  ExemplarView,
  FaultCategory,
  GroupDetailView,
  GroupSummary,
  RangeView,
  Severity,
} from 'breakwater/protocol'
import { noise } from './noise.ts'
import { isBroken, type World } from './world.ts'

interface Seed {
  readonly name: string
  readonly message: string
  readonly culprit: string
  readonly category: FaultCategory
  readonly severity: Severity
  readonly services: readonly string[]
  readonly perMinute: number
  readonly onlyInOutage?: boolean
}

const seeds: readonly Seed[] = [
  {
    name: 'UpstreamError',
    message: 'payments answered 503 to POST /charge',
    culprit: 'charge (src/payments-client.ts:48)',
    category: 'technical/dependency',
    severity: 'high',
    services: ['storefront', 'storefront-unprotected'],
    perMinute: 640,
    onlyInOutage: true,
  },
  {
    name: 'CircuitOpenError',
    message: 'Circuit "payments" is open',
    culprit: 'checkout (src/checkout.ts:31)',
    category: 'technical/dependency',
    severity: 'medium',
    services: ['storefront'],
    perMinute: 72,
    onlyInOutage: true,
  },
  {
    name: 'TimeoutError',
    message: 'payments.charge took longer than <n> ms',
    culprit: 'charge (src/payments-client.ts:52)',
    category: 'technical/dependency',
    severity: 'high',
    services: ['storefront', 'storefront-unprotected'],
    perMinute: 22,
    onlyInOutage: true,
  },
  {
    name: 'Error',
    message: 'connect ECONNREFUSED 127.0.0.1:<port>',
    culprit: 'send (src/http.ts:19)',
    category: 'technical/network',
    severity: 'critical',
    services: ['payments'],
    perMinute: 9,
    onlyInOutage: true,
  },
  {
    name: 'Error',
    message: 'SQLITE_BUSY: database is locked',
    culprit: 'reserve (src/stock.ts:77)',
    category: 'technical/dependency',
    severity: 'medium',
    services: ['inventory'],
    perMinute: 3.1,
  },
  {
    name: 'ValidationError',
    message: 'quantity must be a whole number above 0, got <value>',
    culprit: 'parseOrder (src/order.ts:12)',
    category: 'business/validation',
    severity: 'low',
    services: ['storefront', 'storefront-unprotected'],
    perMinute: 1.4,
  },
  {
    name: 'TypeError',
    message: "Cannot read properties of undefined (reading 'price')",
    culprit: 'rank (src/rank.ts:140)',
    category: 'technical/system',
    severity: 'high',
    services: ['recommendations'],
    perMinute: 0.6,
  },
]

/** The groups of the pretended fleet; `extra` adds that many rare ones. */
export function groupsAt(world: World, range: RangeView, extra: number): GroupSummary[] {
  const rare = Array.from({ length: extra }, (_unused, i): Seed => ({
    ...(seeds[5] ?? (seeds[0] as Seed)),
    name: 'RareError',
    message: `rare failure number ${i + 1}`,
    perMinute: 4,
  }))
  return [...seeds, ...rare]
    .map((seed, i) => summary(world, range, { seed, i }))
    .filter(({ count }) => count > 0)
}

function summary(world: World, range: RangeView, { seed, i }: { seed: Seed; i: number }): GroupSummary {
  const sparkline = Array.from({ length: 60 }, (_unused, part) => partCount(world, range, { seed, i, part }))
  const { perMinute, onlyInOutage, ...facts } = seed
  return {
    ...facts,
    id: fingerprint(i),
    retryability: seed.category.startsWith('business') ? 'not-retryable' : 'retryable',
    count: sparkline.reduce((total, count) => total + count, 0),
    countEver: Math.round(perMinute * 6_000) + 17,
    firstSeenAt: world.startedAt - (i + 1) * 7_200_000,
    lastSeenAt: range.to - (onlyInOutage ? 400 : Math.round(40_000 / perMinute)),
    sparkline,
  }
}

function partCount(
  world: World,
  range: RangeView,
  { seed, i, part }: { seed: Seed; i: number; part: number },
): number {
  const partMs = (range.to - range.from) / 60
  const at = range.from + part * partMs
  if (seed.onlyInOutage && !isBroken(world, at)) return 0
  return Math.round(seed.perMinute * (partMs / 60_000) * (0.5 + noise(`group ${i}`, Math.floor(at / partMs))))
}

/** The fingerprint of the group with that number. */
export function fingerprint(i: number): string {
  return (0x9e3779b97f4a7c15n * BigInt(i + 1)).toString(16).slice(-16).padStart(16, '0')
}

/** A group with its examples. */
export function groupDetail(world: World, range: RangeView, group: GroupSummary): GroupDetailView {
  const stepMs = (range.to - range.from) / 60
  return {
    ...group,
    range,
    groupedBy: 'type + code + message + frame',
    byService: group.services.map((service) => ({
      service,
      count: Math.round(group.count / group.services.length),
    })),
    byOperation: group.services.map((service) => ({
      service,
      operation: operationOf(service),
      count: Math.round(group.count / group.services.length),
    })),
    series: { at: group.sparkline.map((_count, i) => range.from + i * stepMs), counts: group.sparkline },
    exemplars: [0, 1, 2].map((n) => exemplar(world, group, n)),
    withoutExemplar: Math.max(0, group.count - 3),
  }
}

/** The operation that a service is known for. */
export function operationOf(service: string): string {
  return (
    { payments: 'payments.authorise', inventory: 'stock.reserve', recommendations: 'recommendations.rank' }[
      service
    ] ?? 'payments.charge'
  )
}

function exemplar(world: World, group: GroupSummary, n: number): ExemplarView {
  const service = group.services[n % group.services.length] ?? 'storefront'
  return {
    id: `${group.id}-${n}`,
    at: group.lastSeenAt - n * 4_100,
    service,
    instance: `${service}-7c9f-${1 + (n % 2)}`,
    version: '2.4.1',
    operation: operationOf(service),
    attempt: n % 3,
    traceId: `4bf92f3577b34da6a3ce929d0e0e47${30 + n}`,
    spanId: `00f067aa0ba902b${n}`,
    context: {
      region: 'eu-central-1',
      route: 'POST /checkout',
      customerTier: n === 2 ? 'gold' : 'standard',
      startedAt: String(world.startedAt),
    },
    error: {
      name: group.name,
      message: group.message,
      status: 503,
      stack: stackOf(group),
      fields: { upstream: 'http://127.0.0.1:4102', elapsedMs: '12' },
      cause: {
        name: 'Error',
        message: 'connect ECONNREFUSED 127.0.0.1:4102',
        code: 'ECONNREFUSED',
        stack:
          'Error: connect ECONNREFUSED 127.0.0.1:4102\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)',
      },
    },
  }
}

function stackOf({ name, message, culprit }: GroupSummary): string {
  return [
    `${name}: ${message}`,
    `    at ${culprit}`,
    '    at checkout (/srv/storefront/src/checkout.ts:31:18)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at async Object.handler (/srv/node_modules/fastify/lib/handleRequest.js:110:12)',
    '    at async route (/srv/storefront/src/routes.ts:22:5)',
  ].join('\n')
}
