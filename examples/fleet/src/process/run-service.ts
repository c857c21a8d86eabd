import { seededRandom } from 'breakwater/testing'
import type { LabFault } from 'breakwater/protocol'
import { systemClock } from '../clock/system-clock.ts'
import { faultGate } from '../faults/fault-gate.ts'
import type { Gate } from '../http/exchange.ts'
import { startJsonServer } from '../http/json-server.ts'
import type { Route } from '../http/route.ts'
import { type Instruments, traced } from '../instrument/instruments.ts'
import { observeRequests } from '../instrument/observe-requests.ts'
import { serviceBooks } from '../instrument/service-books.ts'
import { linkToParent } from './parent-link.ts'
import type { ServiceSettings } from './service-settings.ts'

/** What a service is made of. */
export interface Service {
  readonly routes: readonly Route[]
  /** What it is observed with; a service without is run all the same. */
  readonly instruments?: Instruments
  /** Whether its requests are its operations; a service that reports the calls it makes has enough of its own. @default false */
  readonly observesRequests?: boolean
  /** Orders that wait in it. */
  readonly queued?: () => number
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
  const server = await startJsonServer({ port: settings.port, ...observed(service, gate.pass) })
  linkToParent({ port: server.port, adminPort: admin.port }, async () => {
    await server.close()
    await admin.close()
    await service.close?.()
    await service.instruments?.close()
  })
}

function observed(service: Service, pass: Gate): { readonly routes: readonly Route[]; readonly gate: Gate } {
  const { instruments, routes, observesRequests = false } = service
  if (instruments === undefined) return { routes, gate: pass }
  if (observesRequests) return { routes, gate: observeRequests(routes, pass, instruments) }
  return { routes: traced(routes, instruments), gate: pass }
}

function adminRoutes(
  { instruments, queued }: Service,
  setFaults: (faults: readonly LabFault[]) => void,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/counters',
      run: () => ({ status: 200, body: instruments && serviceBooks(instruments, queued?.()) }),
    },
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
        // After the answer: an error that no request carries out.
        systemClock.setTimer(20, () => {
          throw new Error('A timer that nobody stopped found the ledger closed')
        })
        return { status: 202 }
      },
    },
  ]
}
