import type { LabTourStep, LabView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Section } from '../../../shared/layout/section.tsx'
import { useSwitchTour } from '../api/switch-tour.ts'

/** The scripted tour: its steps, and the way to start and end it. */
export function Tour({ tour }: { readonly tour: LabView['tour'] }): ReactNode {
  const { mutate, isPending, error } = useSwitchTour()
  const button = (
    <button
      type="button"
      className={tour.isRunning ? '' : 'primary'}
      disabled={isPending}
      onClick={() => mutate(!tour.isRunning)}
    >
      {tour.isRunning ? 'End the tour' : 'Start the tour'}
    </button>
  )
  return (
    <Section title="Tour through the faults" aside={button}>
      <ol className="tour" aria-live="polite">
        {tour.steps.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </ol>
      <p role="alert">{error ? `Nothing was changed. ${error.message}.` : ''}</p>
    </Section>
  )
}

const glyphs = { waiting: '○', running: '◐', done: '●' }

function Step({ step: { title, text, state } }: { readonly step: LabTourStep }): ReactNode {
  return (
    <li className={`step step-${state}`} title={text} aria-current={state === 'running' ? 'step' : undefined}>
      <span aria-hidden="true">{glyphs[state]}</span> <b>{title}</b>{' '}
      <span className="visually-hidden">{state}.</span>{' '}
      {state === 'running' ? <span className="dim">{text}</span> : null}
    </li>
  )
}
