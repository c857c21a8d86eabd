import type { ExemplarView } from 'breakwater/protocol'
import { type ReactNode, useState } from 'react'
import { plural } from '../../../shared/format/format-number.ts'
import { Empty } from '../../../shared/layout/empty.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { commonContext } from '../model/common-context.ts'
import { Exemplar } from './exemplar.tsx'

/** What the examples of a group need. */
export interface ExemplarBrowserProps {
  /** Newest first. */
  readonly exemplars: readonly ExemplarView[]
  readonly withoutExemplar: number
}

/** The examples of a group, one at a time, and what they have in common. */
export function ExemplarBrowser({ exemplars, withoutExemplar }: ExemplarBrowserProps): ReactNode {
  // Held by id: a newer example that comes in does not take the place of the one that is read.
  const [id, setId] = useState<string | null>(null)
  const index = Math.max(
    0,
    exemplars.findIndex((exemplar) => exemplar.id === id),
  )
  const shown = exemplars[index]
  const goTo = (next: number): void => setId(exemplars[next]?.id ?? null)
  if (!shown) return <Empty>No example of it was kept ({plural(withoutExemplar, 'occurrence')}).</Empty>
  return (
    <>
      <CommonFacts exemplars={exemplars} />
      <Section title="Example" aside={<Pager index={index} count={exemplars.length} goTo={goTo} />}>
        <Exemplar exemplar={shown} />
      </Section>
      {withoutExemplar > 0 ? (
        <p className="prose dim">{plural(withoutExemplar, 'more occurrence')} counted without an example.</p>
      ) : null}
    </>
  )
}

interface PagerProps {
  readonly index: number
  readonly count: number
  readonly goTo: (index: number) => void
}

function Pager({ index, count, goTo }: PagerProps): ReactNode {
  return (
    <span className="pager">
      <button type="button" disabled={index === 0} onClick={() => goTo(index - 1)}>
        Newer
      </button>
      <span>
        {index + 1} of {count}
      </span>
      <button type="button" disabled={index >= count - 1} onClick={() => goTo(index + 1)}>
        Older
      </button>
    </span>
  )
}

function CommonFacts({ exemplars }: { readonly exemplars: readonly ExemplarView[] }): ReactNode {
  const facts = commonContext(exemplars)
  if (facts.length === 0) return null
  return (
    <Section title="In common">
      <ul className="tags">
        {facts.map(({ name, value, count }) => (
          <li key={`${name} ${value}`}>
            <span className="dim">{name}</span> <code>{value}</code>{' '}
            <span className="dim">
              {count} of {exemplars.length}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
