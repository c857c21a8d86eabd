import { expect, it } from 'vitest'
import { type FaultProxyOptions, resolveFaultProxyOptions } from './fault-proxy-options.ts'

const target = { port: 5_432 }
const what = 'Cannot create fault proxy'

it('resolveFaultProxyOptions() fills in what is left out', () => {
  const { clock, random, ...plain } = resolveFaultProxyOptions({ target })

  expect(plain).toEqual({
    ...{ target: { host: '127.0.0.1', port: 5_432 }, host: '127.0.0.1', port: 0 },
    ...{ maxConnections: 1_000, bufferBytes: 262_144 },
  })
  expect(clock.now()).toBeGreaterThan(0)
  expect(random.next()).toBeLessThan(1)
})

it('resolveFaultProxyOptions() takes a path instead of a port', () => {
  expect(resolveFaultProxyOptions({ target: { path: 'run.sock' } }).target).toEqual({ path: 'run.sock' })
})

it.each<[unknown, string]>([
  [undefined, `${what} as its options must be an object`],
  [{}, `${what} as 'target' must be an object: current value is undefined`],
  [{ target: 5_432 }, `${what} as 'target' must be an object: current value is 5432`],
  [{ target: {} }, `${what} as 'target' must be an object with either 'port' or 'path'`],
  [{ target: { port: 1, path: 'x' } }, `${what} as 'target' must be an object with either 'port' or 'path'`],
  [
    { target: { port: 0 } },
    `${what} target as 'port' must be an integer >= 1 and <= 65535: current value is 0`,
  ],
  [{ target: { port: 65_536 } }, `${what} target as 'port' must be an integer >= 1 and <= 65535`],
  [{ target: { port: '5432' } }, `${what} target as 'port' must be an integer >= 1 and <= 65535`],
  [{ target: { host: 7, port: 1 } }, `${what} target as 'host' must be a string: current value is 7`],
  [{ target: { path: 7 } }, `${what} target as 'path' must be a string: current value is 7`],
  [
    { target: { port: 1, ip: 'x' } },
    `${what} target as 'ip' is not an option of it: the options are host, port`,
  ],
  [{ target, host: 7 }, `${what} as 'host' must be a string: current value is 7`],
  [
    { target, port: 65_536 },
    `${what} as 'port' must be an integer >= 0 and <= 65535: current value is 65536`,
  ],
  [{ target, maxConnections: 0 }, `${what} as 'maxConnections' must be an integer >= 1: current value is 0`],
  [{ target, bufferBytes: 0 }, `${what} as 'bufferBytes' must be an integer >= 1: current value is 0`],
  [{ target, clock: { now: () => 1 } }, `${what} as 'clock.setTimer' must be a function`],
  [{ target, random: {} }, `${what} as 'random.next' must be a function: current value is undefined`],
  [{ target, onEvent: 7 }, `${what} as 'onEvent' must be a function: current value is 7`],
  [{ target, latency: 7 }, `${what} as 'latency' is not an option of it: the options are target, host`],
])('resolveFaultProxyOptions() refuses %j', (options, message) => {
  expect(() => resolveFaultProxyOptions(options as FaultProxyOptions)).toThrow(message)
})
