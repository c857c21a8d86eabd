import type { ExemplarView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatFull } from '../../../shared/format/format-time.ts'
import { CopyButton } from '../../../shared/layout/copy-button.tsx'
import { Link } from '../../../shared/router/link.tsx'
import { causeChain } from '../model/cause-chain.ts'
import { ErrorBlock } from './error-block.tsx'

/** One occurrence: the error with its causes, and what was around it. */
export function Exemplar({ exemplar }: { readonly exemplar: ExemplarView }): ReactNode {
  return (
    <>
      {causeChain(exemplar.error).map((link, i) => (
        // The chain of one occurrence never changes, so a place in it is an identity.
        <ErrorBlock key={i} link={link} />
      ))}
      <Surroundings exemplar={exemplar} />
    </>
  )
}

function Surroundings({ exemplar }: { readonly exemplar: ExemplarView }): ReactNode {
  const { service, instance, version, operation, attempt, traceId, crash, context = {}, at } = exemplar
  const facts: [string, ReactNode][] = [
    ['at', formatFull(at)],
    [
      'service',
      <Link key="service" to={{ view: 'services', service }}>
        {service}
      </Link>,
    ],
    ['instance', <code key="instance">{instance}</code>],
  ]
  if (version !== null) facts.push(['version', <code key="version">{version}</code>])
  if (operation !== undefined) facts.push(['operation', operation])
  if (attempt !== undefined) facts.push(['attempt', String(attempt + 1)])
  if (crash) facts.push(['crash', 'the process died of it'])
  if (traceId !== undefined) facts.push(['trace', <Trace key="trace" id={traceId} />])
  for (const [name, value] of Object.entries(context)) facts.push([name, <code key={name}>{value}</code>])
  return (
    <dl className="pairs">
      {facts.map(([name, value], i) => (
        <div key={`${i} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Trace({ id }: { readonly id: string }): ReactNode {
  return (
    <>
      <code>{id}</code> <CopyButton text={() => id} />
    </>
  )
}
