import { readProperty } from '../../../src/faults/read-property.ts'
import {
  contextFromHeaders,
  type HeaderOptions,
  headersFromContext,
} from '../../../src/node/context-headers.ts'
import { createRuntime, type NodeRuntime } from '../../../src/node/node-runtime.ts'
import type { CallContext } from '../../../src/pipeline/call-context.ts'
import type { Pipeline } from '../../../src/pipeline/pipeline.ts'
import type { Policy } from '../../../src/pipeline/policy.ts'
import { type Answer, type Kind, type Request, send, type Server, work, type World } from './server.ts'
import { HttpError, Workers } from './workers.ts'

/** How many requests a service works on at once. */
export const serviceWorkers = 20
/** How many requests may wait in a service. */
export const serviceBacklog = 500
/** What a service does for a request before it calls the next one, and after that, milliseconds. */
export const serviceMs = { before: 10, after: 2 } as const

/** Where a service stands. */
export interface Place {
  readonly name: string
  readonly next: string
  /** What it answers without the next one. */
  readonly answers?: Kind
}

/** What services do about their calls. */
export interface Stack {
  /** Whether calls say how long they wait, and services keep to what they are told. */
  readonly propagates: boolean
  /** Of the calls for one kind of request, outermost first. */
  readonly policies: (place: Place, kind: Kind, bw: NodeRuntime) => readonly Policy<Answer>[]
}

/** Works on a request for a little, calls the next server, and works a little more. */
export class Service implements Server {
  readonly #workers: Workers
  readonly #next: Server
  readonly #place: Place
  readonly #stack: Stack
  readonly #world: World
  readonly #bw: NodeRuntime
  readonly #lines: Readonly<Record<Kind, Pipeline<Answer>>>
  readonly #headers: HeaderOptions

  constructor(place: Place, next: Server, { stack, world }: { stack: Stack; world: World }) {
    const { clock, random } = world
    this.#place = place
    this.#next = next
    this.#stack = stack
    this.#world = world
    this.#workers = new Workers({ count: serviceWorkers, backlog: serviceBacklog, clock })
    this.#bw = createRuntime({ service: place.name, clock, random })
    this.#headers = { random, now: () => clock.now() }
    this.#lines = { browse: this.#line('browse'), buy: this.#line('buy') }
  }

  /** How many calls to the next server, and attempts, it has given up as their time was over. */
  get timeouts(): number {
    const policies = Object.values(this.#lines).flatMap((line) => line.policies)
    return policies.reduce((sum, policy) => sum + (policy.stats().counters['timedOut'] ?? 0), 0)
  }

  /** Milliseconds of its workers for callers who were gone. */
  get wastedMs(): number {
    return this.#workers.wastedMs
  }

  handle(request: Request): Promise<Answer> {
    const values = contextFromHeaders(request.headers, this.#headers)
    return this.#bw.context.run(values, () => this.#workers.run(request.caller, () => this.#answer(request)))
  }

  async #answer({ kind }: Request): Promise<Answer> {
    await work(serviceMs.before, this.#world)
    if (kind === this.#place.answers) return 'full'
    const outcome = await this.#lines[kind].tryRun((call) => this.#ask(kind, call))
    await work(serviceMs.after, this.#world)
    if (outcome.ok) return outcome.value
    throw new HttpError(statusOf(outcome.error))
  }

  #ask(kind: Kind, { signal, remainingMs }: CallContext): Promise<Answer> {
    const headers = this.#stack.propagates ? this.#saying(remainingMs) : {}
    return send(this.#next, { kind, headers, caller: signal }, this.#world)
  }

  /** The context knows when the caller gives up; that this attempt may be given up before that is laid over it. */
  #saying(remainingMs: number): Readonly<Record<string, string>> {
    const { context } = this.#bw
    const deadlineAt = this.#world.clock.now() + remainingMs
    return context.run({ deadlineAt }, () => headersFromContext(context.get(), this.#headers))
  }

  #line(kind: Kind): Pipeline<Answer> {
    const policies = this.#stack.policies(this.#place, kind, this.#bw)
    return this.#bw.pipeline({ operation: `${this.#place.next}.${kind}`, policies })
  }
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status
  const code = readProperty(error, 'code')
  return code === 'TIMEOUT' || code === 'DEADLINE_EXCEEDED' ? 504 : 503
}
