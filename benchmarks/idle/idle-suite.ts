import type { Row } from '../harness/row.ts'
import type { Settings } from '../harness/settings.ts'
import type { Suite } from '../harness/suite.ts'
import { type IdleFigures, idleFigures } from './idle-figures.ts'
import type { IdleKind } from './idle-kind.ts'
import { idleKinds, type IdleSuiteName } from './idle-kinds.ts'

interface Measured {
  readonly contestant: string
  /** Undefined for one that keeps nothing before it is called. */
  readonly unused: IdleFigures | undefined
  readonly used: IdleFigures
}

/** These have timers of their own for each: 100,000 of them stall the process. */
const tenTimesFewer: readonly string[] = ['opossum', 'bottleneck']

/** Things of one kind that nobody calls: what each holds, and what they cost at rest. */
export function idleSuite(name: IdleSuiteName, about: string): Suite {
  return {
    name,
    about: `100,000 ${about} (opossum and bottleneck: 10,000), each contestant in a process of its own. never called: ns to make one; called once: ns to make one and call it. bytes: what one holds after gc; bare is an object with a name. at rest: CPU ns a second for each.`,
    async run(settings) {
      const measured = await measureAll(name, settings)
      return [
        ...rowsOf(
          name,
          'never called',
          measured.map((one) => ({ ...one, figures: one.unused })),
        ),
        ...rowsOf(
          name,
          'called once',
          measured.map((one) => ({ ...one, figures: one.used })),
        ),
        ...rowsOf(name, 'at rest', measured.map(atRest)),
      ]
    },
  }
}

async function measureAll(suite: IdleSuiteName, { idleThings, idleMs }: Settings): Promise<Measured[]> {
  const kind: IdleKind = idleKinds[suite]
  const measured: Measured[] = []
  for (const [contestant, { isKeyed }] of Object.entries(kind)) {
    const count = tenTimesFewer.includes(contestant) ? idleThings / 10 : idleThings
    const question = { suite, contestant, count }
    const unused = isKeyed ? undefined : await idleFigures({ ...question, isCalled: false, idleMs: 1 })
    const used = await idleFigures({ ...question, isCalled: true, idleMs })
    measured.push({ contestant, unused, used })
  }
  return measured
}

interface Line {
  readonly contestant: string
  readonly figures: IdleFigures | undefined
}

function atRest({ contestant, used }: Measured): Line {
  return { contestant, figures: { ...used, makeNs: used.restNs } }
}

function rowsOf(suite: IdleSuiteName, name: string, lines: readonly Line[]): Row[] {
  const bareNs = lines.find(({ contestant }) => contestant === 'bare')?.figures?.makeNs ?? NaN
  return lines.flatMap(({ contestant, figures }) => {
    if (figures === undefined) return []
    const ns = Math.max(figures.makeNs, 0.1)
    const ratio = Number((ns / Math.max(bareNs, 0.1)).toFixed(3))
    return [
      { suite, contestant, case: name, ns: Number(ns.toFixed(1)), ratio, bytes: Math.round(figures.bytes) },
    ]
  })
}
