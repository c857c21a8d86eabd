import type { Policy } from '../../src/pipeline/policy.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { ordersOf } from './orders-of.ts'
import { type Ended, Stage } from './stage.ts'

/** What is played in every order. */
export interface Play<Own extends readonly Policy<unknown>[]> {
  readonly policies: (clock: FakeClock) => Own
  /** Played first, in this order. */
  readonly first?: readonly string[]
  /** Played in every order. */
  readonly steps: readonly string[]
  /** Calls that may share an answer have one key. */
  readonly key?: string
  /** What must be so when all is over; the complaint, if it is not. */
  readonly check?: (policies: Own, stage: Stage) => readonly (string | false)[]
}

/** What came of it. */
export interface Explored {
  readonly orders: number
  /** How each call may end, in alphabetical order. */
  readonly endings: Readonly<Record<string, readonly string[]>>
  /** Each with the order in which it happens. */
  readonly complaints: readonly string[]
}

/** Plays all orders of the steps, once with promises continuing after each step, once with as many steps in a row as time lets. */
export async function explore<const Own extends readonly Policy<unknown>[]>(
  play: Play<Own>,
): Promise<Explored> {
  const endings = new Map<string, Set<string>>()
  const complaints: string[] = []
  const orders = ordersOf(play.steps)
  for (const order of orders) {
    for (const isBreathless of [false, true]) {
      const { ended, wrong } = await playOrder(play, order, isBreathless)
      ended.forEach(({ name, answer }) => endings.set(name, (endings.get(name) ?? new Set()).add(answer)))
      complaints.push(...wrong.map((complaint) => `${complaint}: ${order.join(', ')}`))
    }
  }
  const each = [...endings].map(([name, answers]) => [name, [...answers].toSorted()] as const)
  return { orders: orders.length, endings: Object.fromEntries(each), complaints }
}

async function playOrder<Own extends readonly Policy<unknown>[]>(
  { policies: policiesOf, first = [], key, check }: Play<Own>,
  order: readonly string[],
  isBreathless: boolean,
): Promise<{ ended: readonly Ended[]; wrong: readonly string[] }> {
  let policies: Own | undefined
  const stage = new Stage((clock) => (policies = policiesOf(clock)), key)
  for (const step of first) {
    await stage.play(step)
    await stage.clock.settle()
  }
  for (const step of order) {
    await stage.play(step)
    if (!isBreathless) await stage.clock.settle()
  }
  const ended = await stage.finish()
  const checked = policies === undefined ? [] : (check?.(policies, stage) ?? [])
  return { ended, wrong: [...stage.complaints, ...checked.filter((one) => one !== false)] }
}
