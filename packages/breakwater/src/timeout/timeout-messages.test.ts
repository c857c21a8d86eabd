import { describe, expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import {
  CallCancelledError,
  DeadlineExceededError,
  isCallCancelledError,
  isDeadlineExceededError,
  isTimeoutError,
  TimeoutError,
} from './timeout-errors.ts'
import type { TimeoutOptions } from './timeout-options.ts'
import { timeout } from './timeout.ts'

const late = new TimeoutError({ operation: 'charge', policy: 'quick', limitMs: 50, scope: 'attempt' })
const unbegun = new DeadlineExceededError('charge', 'quick')
const stopped = new CallCancelledError('charge', 'quick', 'runs wild')

describe('the errors of timeout()', () => {
  it.each([
    [late, 'TimeoutError', "Operation 'charge' took longer than 50 ms"],
    [unbegun, 'DeadlineExceededError', "Operation 'charge' was not begun as no time is left to its caller"],
    [stopped, 'CallCancelledError', "Operation 'charge' was cancelled while it ran"],
  ])('say what happened, under a name of their own: %s', (error, name, message) => {
    expect(error).toMatchObject({ name, message, operation: 'charge', policy: 'quick' })
  })

  it('name the limit as what bound the call unless it was the caller', () => {
    expect(late.boundBy).toBe('limit')
  })

  it.each([
    { ask: isTimeoutError, code: 'TIMEOUT', answers: [true, false, false] },
    { ask: isDeadlineExceededError, code: 'DEADLINE_EXCEEDED', answers: [false, true, false] },
    { ask: isCallCancelledError, code: 'CALL_CANCELLED', answers: [false, false, true] },
  ])('are told from each other, and from what is no error of ours: $code', ({ ask, code, answers }) => {
    const foreign = [new ResilienceError('full', { code: 'BULKHEAD_FULL' }), { code }, null]

    expect([late, unbegun, stopped].map(ask)).toEqual(answers)
    expect(foreign.map(ask)).toEqual([false, false, false])
  })
})

describe('timeout() options', () => {
  it.each([
    [{ ms: 0 }, "Cannot create timeout as 'ms' must be a number > 0 and <= 2147483647: current value is 0"],
    [{ totalMs: -1 }, "Cannot create timeout as 'totalMs' must be a number > 0"],
    [{ ms: 2 ** 31 }, "Cannot create timeout as 'ms' must be a number"],
    [{ ms: 1, timeout: 1 }, "Cannot create timeout as 'timeout' is not an option of it"],
    [{ ms: 1, name: 1 }, "Cannot create timeout as 'name' must be a string"],
    [{ ms: 1, track: 'yes' }, "Cannot create timeout as 'track' must be a boolean: current value is yes"],
    [{ ms: 1, propagate: 1 }, "Cannot create timeout as 'propagate' must be a boolean"],
    [{ ms: 1, onEvent: 'log' }, "Cannot create timeout as 'onEvent' must be a function"],
    [{ ms: 1, propagate: true, remainingMs: 5 }, "Cannot create timeout as 'remainingMs' must be a function"],
    [{ ms: 1, propagate: true }, "Cannot create timeout as 'propagate' needs 'remainingMs'"],
    [{ ms: 1, remainingMs: () => 1 }, "Cannot create timeout as 'remainingMs' needs 'propagate'"],
    [{}, "Cannot create timeout as exactly one of 'ms' and 'totalMs' must be given, or 'adaptive' instead"],
    [{ adaptive: { ceilingMs: 2 ** 31 } }, "Cannot create timeout adaptive as 'ceilingMs' must be a number"],
    [
      { adaptive: { ceilingMs: 5, floorMs: 0 } },
      "Cannot create timeout adaptive as 'floorMs' must be a number > 0",
    ],
    [
      { adaptive: { ceilingMs: 5, windowMs: 0 } },
      "Cannot create timeout adaptive as 'windowMs' must be a number > 0",
    ],
    [{ adaptive: { ceilingMs: 5, factor: 1_001 } }, "'factor' must be a number >= 1 and <= 1000"],
    [
      { adaptive: { ceilingMs: 5, warmUpCalls: 1_000_001 } },
      "'warmUpCalls' must be an integer >= 1 and <= 1000000",
    ],
  ])('are refused by field and value: %j', (options, message) => {
    expect(() => timeout(options as TimeoutOptions)).toThrow(message)
  })

  it.each([
    [{ ms: 2 ** 31 - 1 }, 2 ** 31 - 1],
    [{ totalMs: 0.5 }, 0.5],
    [{ adaptive: { ceilingMs: 2 ** 31 - 1 } }, 2 ** 31 - 1],
    [{ adaptive: { ceilingMs: 10, floorMs: 10 } }, 10],
  ])('may go to their bounds: %j', (options, limitMs) => {
    expect(timeout(options).limitMs).toBe(limitMs)
  })
})
