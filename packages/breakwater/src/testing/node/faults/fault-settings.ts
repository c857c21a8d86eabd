import { integer, number, oneOf, type OptionRule } from '../../../config/option-rules.ts'
import { checkOptions } from '../../../config/option-table.ts'
import type { FlowDirection, FlowEffect } from './flow-effect.ts'

/** The faults that there are. */
export type ProxyFaultType =
  'refuse' | 'black-hole' | 'latency' | 'bandwidth' | 'reset' | 'cut-off' | 'slow-close' | 'slice'

/** Which connections a fault hits: the same for every fault but `refuse`. */
export interface ProxyFaultScope {
  /** The share of connections, 0–1; drawn once for each. @default 1 */
  readonly rate?: number
  /** No more connections than that, ever; integer ≥ 1: the first one only, say. @default no limit */
  readonly maxInjections?: number
  /** Those that are open when it is injected, those that come afterwards, or both. @default 'all' */
  readonly connections?: 'open' | 'new' | 'all'
  /** Names it in events. @default its type */
  readonly name?: string
}

/** A fault of one direction or of both. */
export interface DirectedFault extends ProxyFaultScope {
  /** Which bytes it is about. @default 'to-client', the answers; 'both' for `black-hole` and `slow-close` */
  readonly direction?: FlowDirection | 'both'
}

/** A fault, validated. */
export interface ProxyFaultSettings {
  readonly type: ProxyFaultType
  readonly name: string
  readonly rate: number
  readonly maxInjections: number
  readonly connections: 'open' | 'new' | 'all'
  /** By direction; empty when it is not about the bytes of a connection. */
  readonly effects: Readonly<Partial<Record<FlowDirection, FlowEffect>>>
}

/** What a fault says about itself: its fields, the rules for those of its own, and what they come to. */
export interface FaultDraft {
  readonly type: ProxyFaultType
  readonly fields: object
  readonly rules: Readonly<Record<string, OptionRule>>
  /** In which directions, when the fields do not say. */
  readonly direction: FlowDirection | 'both'
  readonly effect: FlowEffect
}

const scopeRules: Readonly<Record<string, OptionRule>> = {
  rate: number({ min: 0, max: 1 }),
  maxInjections: integer(1),
  connections: oneOf('open', 'new', 'all'),
  direction: oneOf('to-target', 'to-client', 'both'),
  name: () => undefined,
}

/**
 * Validates a fault.
 *
 * @throws {RangeError | TypeError} that names the fault, its field and the value
 */
export function resolveFault({ type, fields, rules, direction, effect }: FaultDraft): ProxyFaultSettings {
  checkOptions(`proxy fault '${type}'`, fields, { ...rules, ...scopeRules } as Record<never, OptionRule>)
  const given = fields as DirectedFault
  const at = given.direction ?? direction
  return Object.freeze({
    type,
    name: given.name ?? type,
    rate: given.rate ?? 1,
    maxInjections: given.maxInjections ?? Infinity,
    connections: given.connections ?? 'all',
    effects: Object.freeze({
      ...(at === 'to-client' ? {} : { 'to-target': effect }),
      ...(at === 'to-target' ? {} : { 'to-client': effect }),
    }),
  })
}
