import type { Verdict } from '../classification.ts'

/** The way to another machine is broken for now. */
export const networkTransient: Verdict = ['technical/network', 'high', 'retryable']
/** The way to another machine is broken until somebody mends a name, an address or a setting. */
export const networkPermanent: Verdict = ['technical/network', 'high', 'not-retryable']
/** The dependency answered that it cannot, for now. */
export const dependencyTransient: Verdict = ['technical/dependency', 'high', 'retryable']
/** The dependency asks to come back later. */
export const dependencyBusy: Verdict = ['technical/dependency', 'medium', 'retryable']
/** The dependency cannot do this at all. */
export const dependencyPermanent: Verdict = ['technical/dependency', 'high', 'not-retryable']
/** This machine ran out of something that must be freed first: file descriptors, memory. */
export const resourceExhausted: Verdict = ['technical/system', 'critical', 'after-action']
/** This machine ran out of something that stays gone: disk space. */
export const resourcePermanent: Verdict = ['technical/system', 'critical', 'not-retryable']
/** A mistake in the program or its set-up. */
export const systemPermanent: Verdict = ['technical/system', 'high', 'not-retryable']
/** Held by somebody else for a moment. */
export const systemTransient: Verdict = ['technical/system', 'medium', 'retryable']
/** Who we are was not accepted: another token may help. */
export const securityAction: Verdict = ['technical/security', 'high', 'after-action']
/** We may not do this, and asking again does not change it. */
export const securityPermanent: Verdict = ['technical/security', 'high', 'not-retryable']
/** Something looks forged. */
export const securityBreach: Verdict = ['technical/security', 'critical', 'not-retryable']
/** The request itself is wrong. */
export const invalidInput: Verdict = ['business/validation', 'low', 'not-retryable']
/** A rule of the domain forbids it. */
export const ruleViolated: Verdict = ['business/rule', 'low', 'not-retryable']
/** Somebody else changed it: read again first. */
export const conflictAction: Verdict = ['business/conflict', 'medium', 'after-action']
/** It exists already. */
export const conflictPermanent: Verdict = ['business/conflict', 'low', 'not-retryable']
/** Two transactions met; the same work again succeeds. */
export const conflictTransient: Verdict = ['business/conflict', 'medium', 'retryable']
