import { seededRandom } from 'breakwater/testing'
import type { LabFault } from 'breakwater/protocol'
import { systemClock } from '../clock/system-clock.ts'
import { faultGate } from '../faults/fault-gate.ts'
import { startJsonServer } from '../http/json-server.ts'
import type { Route } from '../http/route.ts'
import { linkToParent } from './parent-link.ts'
import type { ServiceSettings } from './service-settings.ts'

/** What a service is made of. */
export interface Service {
  readonly routes: readonly Route[]
  /** What it counted itself; `GET /counters` on the admin port. */
  readonly counters?: () => unknown
  /** Ends what it holds, after the last request. */
  readonly close?: () => Promise<void> | void
}

/** Runs a service: its routes behind a fault gate, its admin port, and the tie to the supervisor. */
export async function runService(settings: ServiceSettings, service: Service): Promise<void> {
  const gate = faultGate(systemClock, seededRandom(settings.seed))
  const admin = await startJsonServer({
    port: settings.adminPort,
    routes: adminRoutes(service, (faults) => gate.set(faults)),
  })
  const server = await startJsonServer({ port: settings.port, routes: service.routes, gate: gate.pass })
  linkToParent({ port: server.port, adminPort: admin.port }, async () => {
    await server.close()
    await admin.close()
    await service.close?.()
  })
}

function adminRoutes(service: Service, setFaults: (faults: readonly LabFault[]) => void): readonly Route[] {
  return [
    { method: 'GET', path: '/counters', run: () => ({ status: 200, body: service.counters?.() ?? {} }) },
    {
      method: 'PUT',
      path: '/faults',
      run: ({ body }) => {
        // The controller of this package is the only caller, and it has checked them.
        setFaults(body as readonly LabFault[])
        return { status: 204 }
      },
    },
    {
      method: 'POST',
      path: '/crash',
      run: () => {
        queueMicrotask(() => {
          throw new Error('A promise that nobody awaited found the ledger closed')
        })
        return { status: 202 }
      },
    },
  ]
}
