import fc from 'fast-check'
import { it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer, EndpointPermit } from './balancer-api.ts'
import { balancer } from './balancer.ts'

/** What is known about a balancer from outside, counted by hand. */
interface Model {
  readonly clock: FakeClock
  readonly members: Set<string>
  readonly draining: Set<string>
  readonly held: Map<EndpointPermit<string>, string>
  next: number
}

type Command = fc.AsyncCommand<Model, Balancer<string>>

const maxEjectedRatio = 0.3

/** The rules that hold whatever was done. */
function check(model: Readonly<Model>, api: Balancer<string>): void {
  const { endpoints, priorities } = api.explain()
  const ids = endpoints.map(({ id }) => id).sort()
  const expected = [...model.members].sort()
  if (ids.join() !== expected.join()) throw new Error(`endpoints ${ids.join()}, expected ${expected.join()}`)
  const ejected = endpoints.filter(({ ejectedForMs }) => ejectedForMs !== null).length
  const limit = Math.max(1, Math.floor(endpoints.length * maxEjectedRatio + 1e-9))
  if (ejected > limit) throw new Error(`${ejected} of ${endpoints.length} are ejected`)
  const inFlight = endpoints.reduce((sum, endpoint) => sum + endpoint.inFlight, 0)
  const held = [...model.held.values()].filter((id) => model.members.has(id)).length
  if (inFlight < held) throw new Error(`${inFlight} in flight, ${held} held`)
  if (api.stats().gauges['inFlight'] !== model.held.size) throw new Error('permits are not balanced')
  const shares = priorities.reduce((sum, { share }) => sum + share, 0)
  if (priorities.length > 0 && Math.abs(shares - 1) > 1e-9) throw new Error(`shares add up to ${shares}`)
}

function command(name: string, run: (model: Model, api: Balancer<string>) => void | Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, api) => {
      await run(model, api)
      check(model, api)
    },
    toString: () => name,
  }
}

/** The endpoints that a call may go to. */
function usable({ members, draining }: Model): string[] {
  return [...members].filter((id) => !draining.has(id))
}

const pick = command('pick', (model, api) => {
  const permit = api.pick()
  const candidates = usable(model)
  if (candidates.length === 0 ? permit !== undefined : permit === undefined)
    throw new Error('no or wrong pick')
  if (permit === undefined) return
  if (!candidates.includes(permit.endpoint)) throw new Error(`picked ${permit.endpoint}`)
  model.held.set(permit, permit.endpoint)
})

function end(how: 'succeed' | 'fail' | 'ignore', nth: number): Command {
  return command(`${how} ${nth}`, (model) => {
    const permit = [...model.held.keys()][nth % Math.max(1, model.held.size)]
    if (permit === undefined) return
    const id = model.held.get(permit) ?? ''
    model.held.delete(permit)
    if (how === 'fail') permit.fail(new Error('boom'))
    else permit[how]()
    if (model.draining.has(id) && ![...model.held.values()].includes(id)) {
      model.draining.delete(id)
      model.members.delete(id)
    }
  })
}

const add = command('add', (model, api) => {
  const id = `n${model.next++}`
  api.add(id)
  model.members.add(id)
})

function nth(model: Model, index: number): string | undefined {
  return [...model.members][index % Math.max(1, model.members.size)]
}

function drain(index: number): Command {
  return command(`drain ${index}`, (model, api) => {
    const id = nth(model, index)
    if (id === undefined) return
    void api.drain(id)
    model.draining.add(id)
    if ([...model.held.values()].includes(id)) return
    model.draining.delete(id)
    model.members.delete(id)
  })
}

function mark(index: number, isHealthy: boolean): Command {
  return command(`mark ${index} ${isHealthy}`, (model, api) => {
    const id = nth(model, index) ?? 'nobody'
    if (isHealthy) api.markHealthy(id)
    else api.markUnhealthy(id)
  })
}

function advance(ms: number): Command {
  return command(`advance ${ms}`, (model) => model.clock.advance(ms))
}

it('a balancer keeps its rules whatever happens: ejections within the limit, always an endpoint, permits balanced', async () => {
  const index = fc.nat({ max: 20 })
  const commands = fc.commands(
    [
      fc.constant(pick),
      fc.constant(pick),
      fc
        .tuple(fc.constantFrom('succeed', 'fail', 'fail', 'fail', 'ignore'), index)
        .map(([how, at]) => end(how, at)),
      fc.constant(add),
      index.map(drain),
      fc.tuple(index, fc.boolean()).map(([at, isHealthy]) => mark(at, isHealthy)),
      fc.constantFrom(10, 900, 3_000, 40_000).map(advance),
    ],
    { maxCommands: 120, size: 'max' },
  )
  const strategy = fc.constantFrom('p2c', 'least-loaded', 'round-robin', 'weighted')

  await fc.assert(
    fc.asyncProperty(commands, strategy, fc.nat(), async (list, name, seed) => {
      const clock = new FakeClock()
      const members = new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      const api = balancer({
        endpoints: [...members],
        strategy: name,
        outlierEjection: { consecutiveFailures: 1, intervalMs: 1_000, maxEjectedRatio },
        clock,
        random: seededRandom(seed),
      })
      const model: Model = { clock, members, draining: new Set(), held: new Map(), next: 0 }
      await fc.asyncModelRun(() => ({ model, real: api }), list)
      clock.expectIdle()
    }),
    { numRuns: 150 },
  )
})
