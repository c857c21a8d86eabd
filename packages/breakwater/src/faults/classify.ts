import { causeChain } from './cause-chain.ts'
import { type BuiltInRule, type Classification, type ClassificationRule } from './classification.ts'
import { type ErrorTraits, readErrorTraits } from './error-traits.ts'
import { grpcRule } from './rules/grpc-rules.ts'
import { httpRule } from './rules/http-rules.ts'
import { messageRule } from './rules/message-rules.ts'
import { nameRule } from './rules/name-rules.ts'
import { nodeRule } from './rules/node-rules.ts'
import { abortRule, hintRule, rejectionRule, timeoutRule } from './rules/rejection-rules.ts'
import { sqlRule } from './rules/sql-rules.ts'

/** Rules on codes and statuses: precise, so a cause that matches one says more than its wrapper's name. */
const preciseRules: readonly BuiltInRule[] = [
  abortRule,
  rejectionRule,
  nodeRule,
  httpRule,
  sqlRule,
  grpcRule,
  hintRule,
  timeoutRule,
]
/** Rules on names, then on words. */
const vagueRules: readonly BuiltInRule[] = [nameRule, messageRule]

const unknown: Classification = Object.freeze({
  category: 'technical/system',
  severity: 'medium',
  retryability: 'retryable',
  matchedBy: 'default',
})

/**
 * Says what kind of problem a thrown value is. The user's rules come first, in their order; then codes and
 * statuses of the error and of its causes; then names and messages. An error that nothing is known about
 * is `technical/system`, `medium`, `retryable`, matched by `default`. Never throws.
 *
 * @example
 * classify(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
 * // { category: 'technical/network', severity: 'high', retryability: 'retryable', matchedBy: 'node:ECONNREFUSED' }
 */
export function classify(error: unknown, rules: readonly ClassificationRule[] = []): Classification {
  const own = readErrorTraits(error)
  if (rules.length === 0) {
    const direct = firstMatch(preciseRules, own)
    if (direct !== undefined) return direct
  }
  const chain = causeChain(error).map((link, i) => (i === 0 ? own : readErrorTraits(link)))
  const builtIn = matchAlong(preciseRules, chain) ?? matchAlong(vagueRules, chain) ?? unknown
  const rule = rules.find((candidate) => chain.some((traits) => isMatch(candidate, traits)))
  return rule === undefined ? builtIn : applyRule(rule, builtIn)
}

/** Whether the classification says that the caller gave up, which is no fault. */
export function isAbort(classification: Classification): boolean {
  return classification.matchedBy === 'abort'
}

function matchAlong(
  rules: readonly BuiltInRule[],
  chain: readonly ErrorTraits[],
): Classification | undefined {
  for (const traits of chain) {
    const found = firstMatch(rules, traits)
    if (found !== undefined) return found
  }
  return undefined
}

function firstMatch(rules: readonly BuiltInRule[], traits: ErrorTraits): Classification | undefined {
  for (const rule of rules) {
    const found = rule(traits)
    if (found !== undefined) return found
  }
  return undefined
}

/** A rule that throws is a rule that does not match: classification must not fail a call. */
function isMatch(rule: ClassificationRule, traits: ErrorTraits): boolean {
  try {
    return rule.matches(traits)
  } catch {
    return false
  }
}

function applyRule(rule: ClassificationRule, builtIn: Classification): Classification {
  return {
    category: rule.category ?? builtIn.category,
    severity: rule.severity ?? builtIn.severity,
    retryability: rule.retryability ?? builtIn.retryability,
    matchedBy: rule.name,
  }
}
