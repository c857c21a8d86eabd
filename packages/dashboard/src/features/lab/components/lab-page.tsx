import type { LabView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatRate } from '../../../shared/format/format-number.ts'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { useLab } from '../api/get-lab.ts'
import { sharedAxes } from '../model/compare-sides.ts'
import { FaultBoard } from './fault-board.tsx'
import { SideColumn } from './side-column.tsx'
import { Tour } from './tour.tsx'

/** Breaks things on purpose and shows two storefronts under the same traffic, one protected, one not. */
export function LabPage(): ReactNode {
  const query = useLab()
  return (
    <>
      <h1>Lab</h1>
      <QueryView query={query} what="the lab">
        {(view) => <Lab view={view} />}
      </QueryView>
    </>
  )
}

function Lab({ view }: { readonly view: LabView }): ReactNode {
  const axes = sharedAxes(view.at, view.sides)
  return (
    <div className="lab">
      <p className="dim">
        Both storefronts get the same {formatRate(view.ratePerSecond)} requests per second. Break something
        and compare what their users see.
      </p>
      <div className="lab-controls">
        <FaultBoard view={view} />
        <Tour tour={view.tour} />
      </div>
      <div className="sides">
        {view.sides.map((side) => (
          <SideColumn key={side.name} side={side} axes={axes} />
        ))}
      </div>
    </div>
  )
}
