import { idleBreakers } from './idle/idle-breakers.ts'
import { type IdleFigures, idleFigures } from './idle/idle-figures.ts'
import type { Row } from './harness/row.ts'
import type { Settings } from './harness/settings.ts'
import type { Suite } from './harness/suite.ts'

interface Measured {
  readonly contestant: string
  readonly unused: IdleFigures
  readonly used: IdleFigures
}

/** Breakers that nobody calls: what each holds, and what they cost at rest. */
export const idleSuite: Suite = {
  name: 'idle',
  about:
    '100,000 breakers (opossum 10,000), each contestant in a process of its own. never called, called once: ns to make one, bytes that one holds after gc; bare is an object with a name. at rest: CPU ns a second for each breaker.',
  async run(settings) {
    const measured: Measured[] = []
    for (const contestant of Object.keys(idleBreakers)) measured.push(await measure(contestant, settings))
    return [
      ...rowsOf('never called', measured, ({ unused }) => unused),
      ...rowsOf('called once', measured, ({ used }) => used),
      ...rowsOf('at rest', measured, ({ used }) => ({ ...used, makeNs: used.restNs })),
    ]
  },
}

/** opossum starts two timers a breaker: 100,000 of them stall the process. */
async function measure(contestant: string, { idleBreakers: all, idleMs }: Settings): Promise<Measured> {
  const count = contestant === 'opossum' ? all / 10 : all
  const unused = await idleFigures({ contestant, count, isCalled: false, idleMs: 1 })
  const used = await idleFigures({ contestant, count, isCalled: true, idleMs })
  return { contestant, unused, used }
}

function rowsOf(name: string, measured: readonly Measured[], pick: (one: Measured) => IdleFigures): Row[] {
  const bareNs = measured.filter(({ contestant }) => contestant === 'bare').map((one) => pick(one).makeNs)
  return measured.map((one) => {
    const { makeNs, bytes } = pick(one)
    const ns = Math.max(makeNs, 0.1)
    const ratio = ns / Math.max(bareNs[0] ?? NaN, 0.1)
    return {
      ...{ suite: 'idle', contestant: one.contestant, case: name },
      ...{ ns: Number(ns.toFixed(1)), ratio: Number(ratio.toFixed(3)), bytes: Math.round(bytes) },
    }
  })
}
