import {
  aggressive,
  cockatielStack,
  leastTimeouts,
  oneAggressive,
  openCockatielStack,
} from './contestants/cockatiel-stack.ts'
import { effectStack, openEffectStack } from './contestants/effect-stack.ts'
import { limitStack, openLimitStack } from './contestants/limit-stack.ts'
import { mollitiaStack, openMollitiaStack } from './contestants/mollitia-stack.ts'
import {
  openOpossumInPRetry,
  openOpossumStack,
  opossumInPRetry,
  opossumStack,
} from './contestants/opossum-stack.ts'
import { openStack, ourFive, ourStack } from './contestants/our-stack.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compareAll, type Contestants } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'

/** The whole stack around an async function. */
export const stackSuite: Suite = {
  name: 'stack',
  about:
    'fallback, total timeout, retry, breaker, bulkhead, attempt timeout; "five policies": without the total timeout. "cockatiel, least" has one cooperative timeout instead of two that let go; opossum has no retry, no queue, one timeout; "opossum in p-retry" has no queue, one timeout, a fallback by hand, and so has mollitia; the queue of effect has no end. Failures are answered by the fallback, and so is the open circuit.',
  run(settings) {
    const cases = [
      caseOf('success', closedStacks(succeedingWork)),
      caseOf('five policies, success', fiveStacks(succeedingWork)),
      caseOf('failure', closedStacks(failingWork)),
      caseOf('open', openStacks(succeedingWork)),
    ]
    return compareAll(cases, settings)
  },
}

function caseOf(name: string, contestants: Contestants): Case {
  return { suite: 'stack', case: name, loop: name.endsWith('success') ? 'plain' : 'catching', contestants }
}

/** Stacks with closed circuits; `bare` has none. */
export function closedStacks(makeWork: () => Work) {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitStack(makeWork()),
    breakwater: () => ourStack(ours, makeWork()),
    'breakwater + runtime': () => ourStack(oursWithRuntime, makeWork()),
    cockatiel: () => cockatielStack(aggressive, makeWork()),
    'cockatiel, least': () => cockatielStack(leastTimeouts, makeWork()),
    opossum: () => opossumStack(makeWork()),
    'opossum in p-retry': () => opossumInPRetry(makeWork()),
    mollitia: () => mollitiaStack(makeWork()),
    effect: () => effectStack(makeWork()),
  } satisfies Contestants
}

/** The same without the total timeout: five policies, each once. */
export function fiveStacks(makeWork: () => Work) {
  return {
    bare: () => ({ call: makeWork() }),
    breakwater: () => ourFive(ours, makeWork()),
    'breakwater + runtime': () => ourFive(oursWithRuntime, makeWork()),
    cockatiel: () => cockatielStack(oneAggressive, makeWork()),
  } satisfies Contestants
}

/** Stacks with open circuits; `bare` calls the work. */
export function openStacks(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => openLimitStack(makeWork()),
    breakwater: () => openStack(makeWork()),
    cockatiel: () => openCockatielStack(aggressive, makeWork()),
    'cockatiel, least': () => openCockatielStack(leastTimeouts, makeWork()),
    opossum: () => openOpossumStack(makeWork()),
    'opossum in p-retry': () => openOpossumInPRetry(makeWork()),
    mollitia: () => openMollitiaStack(makeWork()),
    effect: () => openEffectStack(makeWork()),
  }
}
