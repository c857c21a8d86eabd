import type { Policy } from './policy.ts'

/** The policies of a pipeline, outermost first. */
export type Policies = readonly Policy<unknown>[]

/** The positions that make a mistake, the culprit first; undefined when it is not made. */
export type Positions = readonly number[] | undefined

/** The first pair in which a policy of kind `inner` stands inside one of the kinds `outer`. */
export function inside(policies: Policies, inner: string, ...outer: readonly string[]): Positions {
  const out = policies.findIndex(({ kind }) => outer.includes(kind))
  const position = policies.findIndex(({ kind }, index) => kind === inner && index > out)
  return out >= 0 && position > out ? [position, out] : undefined
}

/** The same for several kinds of inner policy. */
export function anyInside(
  policies: Policies,
  inner: readonly string[],
  ...outer: readonly string[]
): Positions {
  return inner.map((kind) => inside(policies, kind, ...outer)).find((positions) => positions !== undefined)
}

/** The first policy of a kind, when something is the matter with it. */
export function first(
  policies: Policies,
  kind: string,
  isWrong: (policy: Policy<unknown>, index: number) => boolean,
): Positions {
  const position = policies.findIndex((policy) => policy.kind === kind)
  const policy = policies[position]
  return policy !== undefined && isWrong(policy, position) ? [position] : undefined
}

/** A timeout of either scope. */
export function isTimeout({ kind }: Policy<unknown>): boolean {
  return kind === 'timeout'
}

/** A timeout of a whole call. */
export function isTotalTimeout(policy: Policy<unknown>): boolean {
  return isTimeout(policy) && read(policy, 'scope') === 'total'
}

/** A timeout of each attempt. */
export function isAttemptTimeout(policy: Policy<unknown>): boolean {
  return isTimeout(policy) && read(policy, 'scope') === 'attempt'
}

/** A fact that policies of some kinds have; undefined for those of other makes. */
export function read(policy: Policy<unknown> | undefined, fact: string): unknown {
  return policy === undefined ? undefined : Reflect.get(policy, fact)
}
