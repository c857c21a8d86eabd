import type { BreakerView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import type { BreakerPolicy } from '../../../shared/breaker/breaker-rank.ts'
import { BreakerState } from '../../../shared/breaker/breaker-state.tsx'
import { BreakerWords } from '../../../shared/breaker/breaker-words.tsx'
import { ratioBar } from '../../../shared/breaker/breaker-sentence.ts'
import { HistoryStrip } from '../../../shared/breaker/history-strip.tsx'
import { RatioMeter } from '../../../shared/breaker/ratio-meter.tsx'
import { plural } from '../../../shared/format/format-number.ts'
import { Link } from '../../../shared/router/link.tsx'
import { OverrideMenu } from './override-menu.tsx'

/** What a breaker in the list needs. */
export interface BreakerRowProps {
  readonly policy: BreakerPolicy
  readonly isSelected: boolean
}

/** A breaker as an object: state, why, what next, how near to the threshold, its history, and the way to step in. */
export function BreakerRow({ policy, isSelected }: BreakerRowProps): ReactNode {
  const { service, name, breaker } = policy
  return (
    <li className={isSelected ? 'breaker selected' : 'breaker'}>
      <div className="breaker-head">
        <h3>
          <Link
            to={{ view: 'policies', service, policy: name }}
            query="keep"
            className="row-link"
            isCurrent={isSelected}
          >
            {name} <span className="dim">in {service}</span>
          </Link>
        </h3>
        <BreakerState breaker={breaker} />
        <OverrideMenu policy={policy} />
      </div>
      <BreakerWords policy={policy} />
      <div className="breaker-figures">
        <RatioMeter breaker={breaker} />
        <span className="dim">{figureSentence(breaker)}</span>
        <HistoryStrip strip={breaker.strip} />
      </div>
    </li>
  )
}

function figureSentence(breaker: BreakerView): string {
  const { windowCalls, closesWhen } = breaker.facts
  const closes = closesWhen === '' ? '' : ` It closes when ${closesWhen.replace(/\.$/, '')}.`
  return `${ratioBar(breaker).words}; ${plural(windowCalls, 'call')} in the window.${closes}`
}
