import { expect, test } from 'vitest'
import { capturedIo } from '../../test/captured-io.ts'
import { hubWithFacts } from '../../test/hub-with-facts.ts'
import { runCli } from '../run-cli.ts'

test('status shows services, breakers and errors as tables on stdout', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()

  const code = await runCli(['status', '--hub', hub.url], io)

  expect(code).toBe(0)
  expect(io.out()).toMatch(/^SERVICE +STATE +INSTANCES +CALLS +OK +P95 +WHY\nshop .* 2 +50\.0 %/)
  expect(io.out()).toMatch(/BREAKER +SERVICE +STATE +ORDERED +WHY\nstripe +shop +closed +–/)
  expect(io.out()).toMatch(/COUNT +ERROR +WHERE +SERVICES\n +1 +RangeError: The amount/)
  expect(io.talk()).toBe('')
})

test('status lets no control character from a service reach the terminal', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()

  await runCli(['status', '--hub', hub.url], io)

  expect(io.out()).not.toContain('\u001B')
})

test('status --json prints data for other programs', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()

  await runCli(['status', '--json', '--hub', hub.url], io)
  const shown = JSON.parse(io.out()) as Readonly<Record<string, readonly object[]>>

  expect(shown['services']).toMatchObject([{ service: 'shop', totals: { calls: 2, failures: 1 } }])
  expect(shown['breakers']).toMatchObject([{ name: 'stripe', service: 'shop' }])
  expect(shown['groups']).toMatchObject([{ name: 'RangeError', count: 1 }])
})

test('status of a hub that nobody has reported to says so', async () => {
  await using hub = await hubWithFacts([])
  const io = capturedIo({ BREAKWATER_HUB_URL: hub.url })

  const code = await runCli(['status'], io)

  expect(code).toBe(0)
  expect(io.out()).toContain('No service has reported in the last 15 minutes.')
})

test('status ends with exit code 3 when the hub does not answer', async () => {
  const hub = await hubWithFacts([])
  await hub[Symbol.asyncDispose]()
  const io = capturedIo()

  const code = await runCli(['status', '--hub', hub.url], io)

  expect(code).toBe(3)
  expect(io.out()).toBe('')
  expect(io.talk()).toContain(`The hub at ${hub.url} does not answer: connect ECONNREFUSED`)
})

test('status sends the token of the environment', async () => {
  await using hub = await hubWithFacts([], 'a-token-of-some-length')
  const io = capturedIo({ BREAKWATER_HUB_TOKEN: 'a-token-of-some-length' })

  expect(await runCli(['status', '--hub', hub.url], io)).toBe(0)
})

test('status without the token of the hub ends with exit code 1 and says how to give it', async () => {
  await using hub = await hubWithFacts([], 'a-token-of-some-length')
  const io = capturedIo()

  const code = await runCli(['status', '--hub', hub.url], io)

  expect(code).toBe(1)
  expect(io.talk()).toContain('--token or BREAKWATER_HUB_TOKEN')
})

test('status refuses a hub that is no URL, naming option and value', async () => {
  const io = capturedIo()

  const code = await runCli(['status', '--hub', 'localhost'], io)

  expect(code).toBe(2)
  expect(io.talk()).toBe("'--hub' must be an http or https URL: current value is 'localhost'\n")
})
