import type { Row } from '../harness/row.ts'
import type { Settings } from '../harness/settings.ts'
import type { Suite } from '../harness/suite.ts'
import { type IdleFigure, type IdleFigures, idleFigures } from './idle-figures.ts'
import type { IdleKind } from './idle-kind.ts'
import { idleKinds, type IdleSuiteName } from './idle-kinds.ts'

interface Measured extends IdleFigures {
  readonly contestant: string
  readonly isKeyed: boolean
}

/** These have timers of their own for each: 100,000 of them stall the process. */
const tenTimesFewer: readonly string[] = ['opossum', 'bottleneck']

/** Things of one kind that nobody calls: what each holds, and what they cost at rest. */
export function idleSuite(name: IdleSuiteName, about: string): Suite {
  return {
    name,
    about: `100,000 ${about} (opossum and bottleneck: 10,000), each contestant in a process of its own. never called: ns to make one; called once: ns of its first call; bytes: what one holds after gc; bare is an object with a name. at rest: CPU ns a second for each.`,
    async run(settings) {
      const measured = await measureAll(name, settings)
      const rows = (what: string, pick: (one: Measured) => IdleFigure): Row[] =>
        rowsOf(measured, { suite: name, case: what }, pick)
      return [
        ...rows('never called', ({ made }) => made),
        ...rows('called once', ({ called }) => called),
        ...rows('at rest', ({ called, restNs }) => ({ ...called, ns: restNs })),
      ]
    },
  }
}

async function measureAll(suite: IdleSuiteName, { idleThings, idleMs }: Settings): Promise<Measured[]> {
  const kind: IdleKind = await idleKinds[suite]()
  const measured: Measured[] = []
  for (const [contestant, { isKeyed }] of Object.entries(kind)) {
    const count = tenTimesFewer.includes(contestant) ? idleThings / 10 : idleThings
    measured.push({ contestant, isKeyed, ...(await idleFigures({ suite, contestant, count, idleMs })) })
  }
  return measured
}

/** What is kept by key is made by the first call: uncalled it is not there. Nor is a table in which ours is not. */
function rowsOf(
  measured: readonly Measured[],
  named: Pick<Row, 'suite' | 'case'>,
  pick: (one: Measured) => IdleFigure,
): Row[] {
  const shown = measured.filter(({ isKeyed }) => !isKeyed || named.case !== 'never called')
  if (!shown.some(({ contestant }) => contestant === 'breakwater')) return []
  const nsOf = (one: Measured): number => Math.max(pick(one).ns, 0.1)
  const bareNs = shown.filter(({ contestant }) => contestant === 'bare').map(nsOf)[0] ?? NaN
  return shown.map((one) => ({
    ...named,
    contestant: one.contestant,
    ns: Number(nsOf(one).toFixed(1)),
    ratio: Number((nsOf(one) / bareNs).toFixed(3)),
    bytes: Math.round(pick(one).bytes),
  }))
}
