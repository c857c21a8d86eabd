import type { Random } from '../../../src/random/random.ts'
import type { FakeClock } from '../../../src/testing/fake-clock.ts'

/** `browse` is answered by the second service; `buy` takes all of them and the database. */
export type Kind = 'browse' | 'buy'
/** `degraded` is what a fallback says. */
export type Answer = 'full' | 'degraded'

/** A request on its way. */
export interface Request {
  readonly kind: Kind
  readonly headers: Readonly<Record<string, string>>
  /** Aborts when the caller gives up. */
  readonly caller: AbortSignal
}

/** What answers requests. */
export interface Server {
  handle(request: Request): Promise<Answer>
}

/** What all who take part in a run share. */
export interface World {
  readonly clock: FakeClock
  /** Of policies and ids. */
  readonly random: Random
  /** Of how long work takes. */
  readonly workRandom: Random
  /** From one server to the next, milliseconds, one way. */
  readonly networkMs: number
}

/** A request as a client makes it: it ends when the caller's signal aborts, whatever the server does then. */
export function send(server: Server, request: Request, { clock, networkMs }: World): Promise<Answer> {
  const { caller } = request
  const overTheWire = async (): Promise<Answer> => {
    await clock.sleep(networkMs)
    try {
      return await server.handle(request)
    } finally {
      await clock.sleep(networkMs)
    }
  }
  return new Promise((resolve, reject) => {
    caller.addEventListener('abort', () => reject(caller.reason as Error), { once: true })
    overTheWire().then(resolve, reject)
  })
}

/** Takes so long, ± a quarter. */
export function work(ms: number, { clock, workRandom }: World): Promise<void> {
  return clock.sleep(ms * (0.75 + workRandom.next() / 2))
}
