import type { UseQueryResult } from '@tanstack/react-query'
import type { PolicyListView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { type BreakerPolicy, isBreaker } from '../../../shared/breaker/breaker-rank.ts'
import { BreakerState } from '../../../shared/breaker/breaker-state.tsx'
import { BreakerWords } from '../../../shared/breaker/breaker-words.tsx'
import { HistoryStrip } from '../../../shared/breaker/history-strip.tsx'
import { stripSummary } from '../../../shared/breaker/place-segments.ts'
import { formatDuration } from '../../../shared/format/format-time.ts'
import { Empty } from '../../../shared/layout/empty.tsx'
import { Panel } from '../../../shared/layout/panel.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { figureWords } from '../model/policy-figures.ts'
import { BreakerInstances } from './breaker-instances.tsx'
import { OverrideMenu } from './override-menu.tsx'

/** What the detail of a breaker needs. */
export interface PolicyPanelProps {
  readonly service: string
  readonly policy: string
  readonly query: UseQueryResult<PolicyListView>
  readonly onClose: () => void
}

/** A breaker: how it stands over all instances and in each. */
export function PolicyPanel({ service, policy, query, onClose }: PolicyPanelProps): ReactNode {
  return (
    <Panel kind={`Circuit breaker in ${service}`} title={policy} onClose={onClose}>
      <QueryView query={query} what="this breaker">
        {({ policies }) => {
          const found = policies
            .filter(isBreaker)
            .find((each) => each.service === service && each.name === policy)
          return found ? (
            <BreakerDetail policy={found} />
          ) : (
            <Empty>{service} has not reported a breaker of this name in this range.</Empty>
          )
        }}
      </QueryView>
    </Panel>
  )
}

function BreakerDetail({ policy }: { readonly policy: BreakerPolicy }): ReactNode {
  const { facts, strip } = policy.breaker
  return (
    <>
      <div className="breaker-head">
        <BreakerState breaker={policy.breaker} />
        <OverrideMenu policy={policy} />
      </div>
      <BreakerWords policy={policy} />
      {facts.closesWhen === '' ? null : (
        <p className="prose">It closes when {facts.closesWhen.replace(/\.$/, '')}.</p>
      )}
      <Section title="History">
        <HistoryStrip strip={strip} />
        <p className="prose dim">{stripSummary(strip)}.</p>
      </Section>
      <Settings policy={policy} />
      <BreakerInstances instances={policy.instances} />
    </>
  )
}

function Settings({ policy }: { readonly policy: BreakerPolicy }): ReactNode {
  const { windowMs, failureRatio, threshold, minimumCalls } = policy.breaker.facts
  const opens =
    windowMs === 0
      ? `after ${threshold} failures in a row`
      : `when ${Math.round(failureRatio * 100)} % of at least ${minimumCalls} calls fail in ${formatDuration(windowMs)}`
  const counters = figureWords(policy.counters)
  return (
    <Section title="How it is set">
      <p className="prose">It opens {opens}.</p>
      {counters === '' ? null : <p className="prose">In this range: {counters}.</p>}
    </Section>
  )
}
