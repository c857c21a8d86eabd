import type { OverviewView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { buildFigures } from '../model/figures.ts'

/** The few figures that decide something. */
export function FigureRow({ view }: { readonly view: OverviewView }): ReactNode {
  return (
    <dl className="figures">
      {buildFigures(view).map(({ label, value, unit, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span className="figure-value">{value}</span> <span className="figure-unit">{unit}</span>
            <span className="figure-note">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
