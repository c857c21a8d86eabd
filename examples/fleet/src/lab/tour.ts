import type { LabTourStep } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import { HttpProblem } from '../http/http-problem.ts'
import type { FaultBoard } from './fault-board.ts'
import { readFaultOrder } from './read-fault-order.ts'
import type { TourStep } from './tour-steps.ts'

/** The scripted tour, running or not. */
export interface Tour {
  /** Starts it from its first step. @throws {HttpProblem} 409 while it runs */
  start(): void
  /** Ends it and the fault that it is at. */
  stop(): Promise<void>
  readonly view: { readonly isRunning: boolean; readonly steps: readonly LabTourStep[] }
}

/** Makes a tour of the steps, which puts its faults on the board. */
export function tour(steps: readonly TourStep[], board: FaultBoard, clock: Clock): Tour {
  let run: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined
  let at = -1

  async function walk(signal: AbortSignal): Promise<void> {
    const started: string[] = []
    try {
      for (const [index, step] of steps.entries()) {
        at = index
        for (const order of step.faults) started.push((await board.start(readFaultOrder(order))).id)
        await clock.sleep(step.seconds * 1_000, signal)
      }
      at = steps.length
    } catch {
      at = -1
      await Promise.all(started.map((id) => board.end(id)))
    } finally {
      run = undefined
    }
  }

  const stateOf = (index: number): LabTourStep['state'] =>
    index < at ? 'done' : index === at ? 'running' : 'waiting'

  return {
    start: () => {
      if (run !== undefined) throw new HttpProblem(409, 'The tour is running already')
      const abort = new AbortController()
      run = { abort, ended: walk(abort.signal) }
    },
    stop: async () => {
      const running = run
      running?.abort.abort(new Error('The tour was stopped'))
      await running?.ended
    },
    get view() {
      const shown = steps.map(({ title, text }, index) => ({ title, text, state: stateOf(index) }))
      return { isRunning: run !== undefined, steps: shown }
    },
  }
}
