/**
 * What errors of this library have on their prototype. It stands apart from their class, so that a bundle of what only asks
 * for it has no class in it.
 */
export const brand: unique symbol = Symbol.for('breakwater.ResilienceError')
