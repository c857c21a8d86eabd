import { type FaultCategory, severities, type Severity } from '../protocol/index.ts'

/** Any node of the category tree: a leaf, or a branch that holds several. */
export type CategoryBranch = 'technical' | 'business' | FaultCategory

/** How loudly a record is told to people. `debug` and `info` also exist for records that are no failure. */
export type NotificationLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical'

/** The one table from severity to notification level. */
export const notificationLevels: Readonly<Record<Severity, NotificationLevel>> = Object.freeze({
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
  fatal: 'critical',
})

/** Whether a category is the branch or lies below it: `technical/network` is within `technical`. */
export function isWithinCategory(category: FaultCategory, branch: CategoryBranch): boolean {
  return category === branch || category.startsWith(`${branch}/`)
}

/** Whether the problem is of the machinery: system, network, dependency or security. */
export function isTechnical(category: FaultCategory): boolean {
  return isWithinCategory(category, 'technical')
}

/** Whether the problem is of the work itself: validation, rule or conflict. */
export function isBusiness(category: FaultCategory): boolean {
  return isWithinCategory(category, 'business')
}

/** Whether the problem is of the way to another machine. */
export function isNetwork(category: FaultCategory): boolean {
  return category === 'technical/network'
}

/** Below 0 when `a` is milder than `b`, above 0 when it is worse, 0 when they are equal. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b)
}

/** The worse of two severities. */
export function worseSeverity(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) >= 0 ? a : b
}

/** How loudly a fault of this severity is told to people. */
export function notificationLevelOf(severity: Severity): NotificationLevel {
  return notificationLevels[severity]
}
