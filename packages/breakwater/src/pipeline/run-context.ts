import type { CallContext, RunOptions } from './call-context.ts'

const noArgs: readonly unknown[] = Object.freeze([])

/** What the work sees of one attempt. It may be kept by the work for as long as it likes; the engine's own objects may not. */
export class RunContext implements CallContext {
  declare readonly operation: string
  declare readonly attempt: number
  declare endpoint: unknown
  declare private readonly options: RunOptions | undefined
  declare private controller: AbortController | undefined
  declare private abortReason: unknown

  constructor(operation: string, attempt: number, options: RunOptions | undefined) {
    this.operation = operation
    this.attempt = attempt
    this.endpoint = undefined
    this.options = options
    this.controller = undefined
    this.abortReason = undefined
  }

  get args(): readonly unknown[] {
    return this.options?.args ?? noArgs
  }

  get signal(): AbortSignal {
    let controller = this.controller
    if (controller === undefined) {
      controller = new AbortController()
      this.controller = controller
      if (this.abortReason !== undefined) controller.abort(this.abortReason)
    }
    return controller.signal
  }

  /** Tells the work to stop. */
  abort(reason: unknown): void {
    this.abortReason = reason
    this.controller?.abort(reason)
  }
}
