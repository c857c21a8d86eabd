import type { CallContext, RunOptions } from './call-context.ts'

const noArgs: readonly unknown[] = Object.freeze([])

/** The run behind a context: it may be used again by another call, in another turn. */
export interface ContextHost {
  readonly operation: string
  readonly attempt: number
  readonly endpoint: unknown
  /** Changes when the run begins to serve another call. */
  readonly turn: number
  /** What the work of this turn is told to stop with: made when it is asked for. */
  controller(): AbortController
  /** Until a deadline around the work; Infinity when there is none. */
  remainingMs(): number
}

/**
 * What the work sees of one attempt. It may be kept by the work for as long as it likes, unlike the run, which it therefore asks
 * only while that serves the same call. The run does not know it: to note a new object in an old one costs more than this whole object.
 */
export class RunContext implements CallContext {
  declare readonly operation: string
  declare readonly attempt: number
  declare readonly endpoint: unknown
  declare private readonly host: ContextHost
  declare private readonly turn: number
  declare private readonly options: RunOptions | undefined
  declare private controller: AbortController | undefined

  constructor(host: ContextHost, options: RunOptions | undefined) {
    this.operation = host.operation
    this.attempt = host.attempt
    this.endpoint = host.endpoint
    this.host = host
    this.turn = host.turn
    this.options = options
    this.controller = undefined
  }

  get args(): readonly unknown[] {
    return this.options?.args ?? noArgs
  }

  get signal(): AbortSignal {
    this.controller ??= this.isOver ? new AbortController() : this.host.controller()
    return this.controller.signal
  }

  get remainingMs(): number {
    return this.isOver ? 0 : this.host.remainingMs()
  }

  /** The call has ended, and so has its work. */
  private get isOver(): boolean {
    return this.turn !== this.host.turn
  }
}
