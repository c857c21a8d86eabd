import { type ReactNode, useId } from 'react'

/** What a section needs. */
export interface SectionProps {
  readonly title: string
  /** Stands beside the title: a count, a link, a button. */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A part of a view under a heading of its own. */
export function Section({ title, aside, className = '', children }: SectionProps): ReactNode {
  const id = useId()
  return (
    <section className={`section ${className}`} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
