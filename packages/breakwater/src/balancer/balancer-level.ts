import type { Held } from '../pipeline/held.ts'
import { gate, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { BalancedCall } from './balanced-call.ts'
import type { Endpoint } from './endpoint.ts'
import { EndpointState } from './endpoint-state.ts'

/** What a balancer's level asks of it. */
export interface LevelRules<E extends Endpoint> {
  /** A promise only while no endpoint is known and one is being asked for. */
  known(): Promise<void> | undefined
  /** A call on the next endpoint but those tried, if a healthy one is left. */
  admit(tried: readonly EndpointState<E>[]): BalancedCall<E> | undefined
  refuse(): Rejection
}

/** A balancer in a pipeline: a gate that chooses on the way in, and learns on the way out. */
export function balancerLevel<E extends Endpoint>(rules: LevelRules<E>): Level {
  return gate({
    enter: (run, index) => {
      run.permits[index] = undefined
      const known = rules.known()
      return known === undefined ? choose(rules, run, index) : waitFor(known, rules, { run, index })
    },
    exit: (run, index) => callOf<E>(run, index)?.decide(run.kind, run.payload),
    release: (run, index) => callOf<E>(run, index)?.ignore(),
  })
}

function choose<E extends Endpoint>(
  rules: LevelRules<E>,
  run: RunHandle,
  index: number,
): Rejection | undefined {
  const call = admit(rules, run)
  return call === undefined ? rules.refuse() : take(run, index, call)
}

function admit<E extends Endpoint>(rules: LevelRules<E>, run: RunHandle): BalancedCall<E> | undefined {
  const tried = run.call.triedEndpoints ?? []
  return rules.admit(tried.filter((state): state is EndpointState<E> => state instanceof EndpointState))
}

function take<E extends Endpoint>(run: RunHandle, index: number, call: BalancedCall<E>): undefined {
  ;(run.call.triedEndpoints ??= []).push(call.state)
  run.permits[index] = call
  run.endpoint = call.endpoint
}

function waitFor<E extends Endpoint>(
  known: Promise<void>,
  rules: LevelRules<E>,
  { run, index }: { readonly run: RunHandle; readonly index: number },
): Verdict {
  const wait = new DiscoveryWait()
  run.hold(wait)
  void known.then(() => {
    if (wait.isCut) return
    const call = admit(rules, run)
    // A listener may have ended the call while an endpoint was chosen for it; the run may serve another by now.
    if (wait.isCut) return call?.ignore()
    if (call === undefined) return run.refuse(wait, rules.refuse())
    take(run, index, call)
    run.admit(index)
  })
  return waiting
}

function callOf<E extends Endpoint>(run: RunHandle, index: number): BalancedCall<E> | undefined {
  return run.permits[index] as BalancedCall<E> | undefined
}

/** Marks a run that waits for the first endpoints. */
class DiscoveryWait implements Held {
  isCut = false

  cut(): void {
    this.isCut = true
  }
}
