import { expect, test } from 'vitest'
import type { HubOptions } from './hub-options.ts'
import { isLoopback, resolveHubOptions } from './hub-options.ts'

const wrong: readonly (readonly [string, HubOptions, string])[] = [
  ['port', { port: 70_000 }, "'port' must be a whole number from 0 to 65535: current value is 70000"],
  ['port', { port: 1.5 }, "'port' must be a whole number from 0 to 65535: current value is 1.5"],
  [
    'retentionDays',
    { retentionDays: 0 },
    "'retentionDays' must be a whole number from 1 to 3650: current value is 0",
  ],
  [
    'maxStoreMb',
    { maxStoreMb: 15 },
    "'maxStoreMb' must be a whole number from 16 to 1048576: current value is 15",
  ],
  ['labUrl', { labUrl: 'ftp://x' }, `'labUrl' must be an http or https URL: current value is "ftp://x"`],
  ['dataDir', { dataDir: ' ' }, `'dataDir' must be a text that is not empty: current value is " "`],
  ['limits', { limits: { groups: 0 } }, "'limits.groups' must be a whole number from 1 to"],
]

test.each(wrong)(
  'resolveHubOptions() names option and value when %s is wrong: %o',
  (_option, options, message) => {
    expect(() => resolveHubOptions(options)).toThrow(message)
  },
)

test('resolveHubOptions() does not show a token that is too short', () => {
  const resolve = (): unknown => resolveHubOptions({ token: 'hunter2' })

  expect(resolve).toThrow("'token' must be 16–512 visible ASCII characters")
  expect(resolve).not.toThrow('hunter2')
})

test('resolveHubOptions() says how to make a token when the host is not loopback and there is none', () => {
  expect(() => resolveHubOptions({ host: '0.0.0.0' })).toThrow(
    /'host' must be a loopback address.*randomBytes/,
  )
})

test('resolveHubOptions() takes any host when there is a token', () => {
  const { host } = resolveHubOptions({ host: '0.0.0.0', token: 'a'.repeat(16) })

  expect(host).toBe('0.0.0.0')
})

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('isLoopback() is true for %s', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each(['0.0.0.0', '10.0.0.1', '::', '127.evil.example', ''])('isLoopback() is false for "%s"', (host) => {
  expect(isLoopback(host)).toBe(false)
})
