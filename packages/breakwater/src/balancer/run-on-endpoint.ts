import type { CallContext } from '../pipeline/call-context.ts'
import { isThenable } from '../pipeline/is-thenable.ts'
import type { EndpointWork } from './balancer-api.ts'
import type { BalancedCall } from './balanced-call.ts'
import type { Endpoint } from './endpoint.ts'

/** One attempt: what it runs, and with what. */
export interface EndpointAttempt<E extends Endpoint, T> {
  readonly work: EndpointWork<E, T>
  readonly context: CallContext
  /** Whether something may give the attempt up while it runs; reading the signal costs a controller. */
  readonly canBeCut: boolean
}

/** Runs the work on the call's endpoint and tells the call how it went. */
export function runOnEndpoint<E extends Endpoint, T>(
  call: BalancedCall<E>,
  { work, context, canBeCut }: EndpointAttempt<E, T>,
): T | Promise<T> {
  let result: T | PromiseLike<T>
  try {
    result = work(call.endpoint, context)
  } catch (error) {
    call.fail(error)
    throw error
  }
  if (isThenable(result)) return follow(call, result, canBeCut ? context.signal : undefined)
  call.succeed()
  return result
}

function follow<E extends Endpoint, T>(
  call: BalancedCall<E>,
  result: PromiseLike<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const onAbort = (): void => call.cut(signal?.reason)
  if (signal?.aborted === true) onAbort()
  else signal?.addEventListener('abort', onAbort, { once: true })
  // Our own promise: a thenable of the user's may throw, or call back twice.
  return new Promise<T>((resolve) => resolve(result)).then(
    (value) => {
      signal?.removeEventListener('abort', onAbort)
      call.succeed()
      return value
    },
    (error: unknown) => {
      signal?.removeEventListener('abort', onAbort)
      call.fail(error)
      throw error
    },
  )
}
