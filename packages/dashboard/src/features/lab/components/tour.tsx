import type { LabTourStep, LabView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Section } from '../../../shared/layout/section.tsx'
import { useSwitchTour } from '../api/switch-tour.ts'

/** The scripted tour: its steps, and the way to start and end it. */
export function Tour({ tour }: { readonly tour: LabView['tour'] }): ReactNode {
  const { mutate, isPending, error } = useSwitchTour()
  return (
    <Section title="Tour">
      <div className="tour-head">
        <span className="dim">Runs through the faults by itself, one after the other.</span>
        <button
          type="button"
          className={tour.isRunning ? '' : 'primary'}
          disabled={isPending}
          onClick={() => mutate(!tour.isRunning)}
        >
          {tour.isRunning ? 'End the tour' : 'Start the tour'}
        </button>
      </div>
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
    <li className={`step step-${state}`} aria-current={state === 'running' ? 'step' : undefined}>
      <span aria-hidden="true">{glyphs[state]}</span> <b>{title}</b>{' '}
      <span className="visually-hidden">{state}.</span> <span className="dim">{text}</span>
    </li>
  )
}
