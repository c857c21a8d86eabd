import { expect, onTestFinished, test } from 'vitest'
import type { GroupDetailView, InstanceView, Report, ServiceDetailView } from 'breakwater/protocol'
import { systemClock } from '../src/clock/system-clock.ts'
import { aFault, anOperation, aReport } from './a-report.ts'
import { type HubProcess, runHub, startHubProcess } from './hub-process.ts'
import { aFolder } from './test-hub.ts'

const instances = 8
const reportsOfEach = 60
const kills = 5

/** A service that sends one report after the other, each again and again until it is acknowledged. */
class Sender {
  readonly #instance: string
  readonly #startedAt = systemClock.now()
  acknowledged = 0

  constructor(instance: string) {
    this.#instance = instance
  }

  async send(url: () => Promise<string>): Promise<void> {
    while (this.acknowledged < reportsOfEach) {
      const answer = await this.#post(await url(), this.acknowledged + 1)
      if (answer) this.acknowledged++
    }
  }

  async #post(url: string, sequence: number): Promise<boolean> {
    try {
      const body = JSON.stringify(this.#report(sequence))
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${url}/api/v1/reports`, { method: 'POST', headers, body })).ok
    } catch {
      return false
    }
  }

  #report(sequence: number): Report {
    const to = this.#startedAt
    const identity = { service: 'payments', instance: this.#instance, startedAt: to }
    const operations = [anOperation({ successes: sequence, failures: 1 })]
    return aReport({ to, identity, sequence, operations, faults: [aFault({ lastAt: to, count: 2 })] })
  }
}

test('a hub that is killed at any moment keeps every acknowledged report and counts none twice', async () => {
  const dataDir = aFolder()
  let hub: Promise<HubProcess> = startHubProcess(['--port', '0', '--data', dataDir])
  onTestFinished(async () => void (await (await hub).end('SIGKILL')))
  const url = async (): Promise<string> => (await hub).url
  const senders = Array.from({ length: instances }, (_, index) => new Sender(`i-${index}`))
  const acknowledged = (): number => senders.reduce((sum, sender) => sum + sender.acknowledged, 0)
  const sending = Promise.all(senders.map((sender) => sender.send(url)))

  for (let kill = 1; kill <= kills; kill++) {
    const due = (kill * instances * reportsOfEach) / (kills + 1)
    await expect.poll(acknowledged, { interval: 1, timeout: 20_000 }).toBeGreaterThanOrEqual(due)
    const killed = await hub
    hub = killed.end('SIGKILL').then(() => startHubProcess(['--port', '0', '--data', dataDir]))
  }
  await sending

  const now = systemClock.now()
  const query = `from=${now - 600_000}&to=${now + 1_000}`
  const detail = (await (
    await fetch(`${await url()}/api/v1/services/payments?${query}`)
  ).json()) as ServiceDetailView
  const group = (await (
    await fetch(`${await url()}/api/v1/groups/${'ab'.repeat(8)}?${query}`)
  ).json()) as GroupDetailView
  const callsOfEach = (reportsOfEach * (reportsOfEach + 1)) / 2 + reportsOfEach
  const total = instances * callsOfEach
  expect(detail.totals.calls).toBe(total)
  expect(detail.instanceList.map(({ lifetime }) => lifetime.calls)).toEqual(senders.map(() => callsOfEach))
  expect(detail.instanceList.map(sequencesOf)).toEqual(senders.map(() => [reportsOfEach, 0]))
  expect([group.count, group.countEver]).toEqual([
    instances * reportsOfEach * 2,
    instances * reportsOfEach * 2,
  ])
}, 120_000)

function sequencesOf({ lastSequence, missingReports }: InstanceView): number[] {
  return [lastSequence, missingReports]
}

test('main stops in good order at SIGTERM with exit code 0', async () => {
  const hub = await startHubProcess(['--port', '0', '--data', aFolder()])

  expect(await hub.end('SIGTERM')).toBe(0)
}, 20_000)

test('main ends with exit code 2 and names the option when one is wrong', async () => {
  const { code, stdout, stderr } = await runHub(['--port', '99999'])

  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain("'port' must be a whole number from 0 to 65535: current value is 99999")
}, 20_000)

test('main refuses a folder that another hub uses', async () => {
  const dataDir = aFolder()
  const hub = await startHubProcess(['--port', '0', '--data', dataDir])
  onTestFinished(async () => void (await hub.end('SIGKILL')))

  const { code, stderr } = await runHub(['--port', '0', '--data', dataDir])

  expect(code).toBe(1)
  expect(stderr).toContain('is in use by another hub')
}, 30_000)
