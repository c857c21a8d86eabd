import type { GroupDetailView, GroupListView, LabView, ServiceDetailView } from 'breakwater/protocol'
import { expect, test } from 'vitest'
import { systemClock } from '../src/clock/system-clock.ts'
import { until } from '../src/clock/until.ts'
import { callJson } from '../src/http/call-json.ts'
import { readServiceBooks } from '../src/report/read-books.ts'
import { temporaryFleet } from './temporary-fleet.ts'

const slow = { timeout: 60_000 }
const soon = { withinMs: 20_000 }

test(
  'startFleet() gives a hub that passes the Lab on, with both storefronts under the same load',
  slow,
  async () => {
    await using temporary = await temporaryFleet(50)
    const { fleet } = temporary

    const view = await until(
      systemClock,
      async () => {
        const lab = (await callJson(`${fleet.url}/api/v1/lab`)) as LabView
        return lab.sides.every(({ full }) => full >= 20) ? lab : undefined
      },
      soon,
    )

    expect(view?.targets.map(({ name, isUp }) => [name, isUp])).toEqual([
      ['payments', true],
      ['inventory', true],
      ['recommendations', true],
    ])
    expect(view?.sides.map(({ errors }) => errors)).toEqual([0, 0])
  },
)

test(
  'a service that dies of an uncaught error is started again, and its crash is in the hub',
  slow,
  async () => {
    await using temporary = await temporaryFleet(10)
    const { fleet } = temporary
    const { payments } = fleet.processes
    const { instance } = await readServiceBooks(payments)

    await callJson(`${payments.adminUrl}/crash`, { method: 'POST' })
    const crash = await until(systemClock, () => findCrash(fleet.url), soon)
    const detail = (await callJson(`${fleet.url}/api/v1/services/payments`)) as ServiceDetailView

    expect(crash?.instance).toBe(instance)
    expect(crash?.error.message).toContain('ledger closed')
    expect(payments.restarts).toBe(1)
    expect(payments.isUp).toBe(true)
    expect(detail.instanceList.find((view) => view.instance === instance)?.state).toBe('crashed')
  },
)

test(
  'a kill ordered through the hub ends the process for real and it comes back with a new pid',
  slow,
  async () => {
    await using temporary = await temporaryFleet(10)
    const { fleet } = temporary
    const { payments } = fleet.processes
    const pidBefore = payments.pid

    const order = { target: 'payments', kind: 'kill', durationMs: 500 }
    await callJson(`${fleet.url}/api/v1/lab/faults`, { method: 'POST', body: order })
    await until(systemClock, () => (payments.restarts === 1 && payments.isUp ? true : undefined), soon)

    expect(payments.pid).not.toBeNull()
    expect(payments.pid).not.toBe(pidBefore)
    expect(fleet.board.faults).toEqual([])
  },
)

test('a wrong fault order is refused with the name of the field, through the hub', slow, async () => {
  await using temporary = await temporaryFleet(1)

  const response = await fetch(`${temporary.fleet.url}/api/v1/lab/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ target: 'storefront', kind: 'hang' }),
  })

  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({ code: 'bad-request', field: 'target' })
})

async function findCrash(hubUrl: string): Promise<GroupDetailView['exemplars'][number] | undefined> {
  const { groups } = (await callJson(`${hubUrl}/api/v1/groups?service=payments`)) as GroupListView
  for (const { id } of groups) {
    const detail = (await callJson(`${hubUrl}/api/v1/groups/${id}`)) as GroupDetailView
    const crash = detail.exemplars.find((exemplar) => exemplar.crash === true)
    if (crash !== undefined) return crash
  }
  return undefined
}
