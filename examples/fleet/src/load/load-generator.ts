import { Agent } from 'node:http'
import type { Clock, Timer } from '../clock/clock.ts'
import { type PlannedRequest, requestSequence } from './request-sequence.ts'
import { type SideRecorder, sideRecorder } from './side-recorder.ts'
import { userRequest } from './user-request.ts'

/** What the load is made of. */
export interface LoadOptions {
  readonly clock: Clock
  readonly random: { next(): number }
  /** Requests a second to each storefront. */
  readonly ratePerSecond: number
  /** Asked at each request. */
  readonly protectedUrl: () => string
  readonly unprotectedUrl: () => string
  /** Makes the orders of this run differ from those of other runs. */
  readonly runId: string
  /** Requests under way at most, for each storefront; more are dropped and counted. @default 1000 */
  readonly maxInFlight?: number
  /** How long users wait. @default 12000 */
  readonly patienceMs?: number
}

/** Users of both storefronts: open loop, so a slow answer delays no later request. */
export interface LoadGenerator {
  readonly ratePerSecond: number
  readonly protected: SideRecorder
  readonly unprotected: SideRecorder
  start(): void
  /** Sends nothing more and resolves when every request under way has ended. */
  stop(): Promise<void>
  /** Sends nothing more and breaks off what is under way. */
  abandon(): Promise<void>
}

/** Describes the load: the same requests at the same moments to both storefronts. */
export function loadGenerator(options: LoadOptions): LoadGenerator {
  const { clock, ratePerSecond } = options
  const sequence = requestSequence(options.random, ratePerSecond)
  const sides = [
    side('protected', options.protectedUrl, options),
    side('unprotected', options.unprotectedUrl, options),
  ] as const
  let planned = sequence.next().value
  let dueAt = 0
  let timer: Timer | undefined

  function sendDue(): void {
    while (dueAt <= clock.now()) {
      for (const side of sides) side.send(planned)
      planned = sequence.next().value
      dueAt += planned.afterMs
    }
    timer = clock.setTimer(Math.max(0, dueAt - clock.now()), sendDue)
  }

  async function drain(): Promise<void> {
    await Promise.all(sides.map((side) => side.drain()))
  }

  return {
    ratePerSecond,
    ...{ protected: sides[0].recorder, unprotected: sides[1].recorder },
    start: () => {
      dueAt = clock.now() + planned.afterMs
      sendDue()
    },
    stop: () => {
      timer?.cancel()
      return drain()
    },
    abandon: () => {
      timer?.cancel()
      for (const side of sides) side.cut()
      return drain()
    },
  }
}

interface Side {
  readonly recorder: SideRecorder
  send(planned: PlannedRequest): void
  /** Breaks off the requests under way. */
  cut(): void
  drain(): Promise<void>
}

function side(name: 'protected' | 'unprotected', baseUrl: () => string, options: LoadOptions): Side {
  const { clock, maxInFlight = 1_000, patienceMs = 12_000 } = options
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  const recorder = sideRecorder(name, () => clock.epochNow())
  const underWay = new Set<Promise<void>>()
  const user = { agent, orderPrefix: `${name}-${options.runId}`, patienceMs, clock }

  async function send(planned: PlannedRequest): Promise<void> {
    const startedAt = clock.now()
    const answer = await userRequest(planned, { ...user, baseUrl: baseUrl() })
    recorder.record(answer, clock.now() - startedAt)
  }

  return {
    recorder,
    send: (planned) => {
      if (underWay.size >= maxInFlight) return recorder.drop()
      const sent = send(planned).finally(() => underWay.delete(sent))
      underWay.add(sent)
    },
    cut: () => agent.destroy(),
    drain: async () => {
      await Promise.all(underWay)
      agent.destroy()
    },
  }
}
