import { expect, test } from 'vitest'
import { capturedIo } from '../../test/captured-io.ts'
import { hubWithFacts } from '../../test/hub-with-facts.ts'
import { runCli } from '../run-cli.ts'

test('breaker --force-open orders it, with the reason and who', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()
  const words = ['--force-open', '--reason', 'bank maintenance', '--by', 'ann', '--json', '--hub', hub.url]

  const code = await runCli(['breaker', 'stripe', '--service', 'shop', ...words], io)

  expect(code).toBe(0)
  expect(JSON.parse(io.out())).toMatchObject({
    ...{ service: 'shop', policy: 'stripe', mode: 'forced-open', reason: 'bank maintenance', by: 'ann' },
  })
})

test('breaker finds the service when only one has a breaker of that name', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()

  const code = await runCli(['breaker', 'stripe', '--auto', '--reason', 'over', '--hub', hub.url], io)

  expect(code).toBe(0)
  expect(io.out()).toBe('stripe of shop is now automatic: over\n')
})

test('breaker asks for the service when several have a breaker of that name', async () => {
  await using hub = await hubWithFacts(['shop', 'desk'])
  const io = capturedIo()

  const code = await runCli(['breaker', 'stripe', '--auto', '--reason', 'over', '--hub', hub.url], io)

  expect(code).toBe(2)
  expect(io.talk()).toContain('name one with --service: ')
})

test('breaker of a name that nobody has ends with exit code 1', async () => {
  await using hub = await hubWithFacts(['shop'])
  const io = capturedIo()

  const code = await runCli(['breaker', 'bank', '--auto', '--reason', 'over', '--hub', hub.url], io)

  expect(code).toBe(1)
  expect(io.talk()).toBe("No service has a breaker named 'bank'\n")
})

test('breaker refuses two orders at once', async () => {
  const io = capturedIo()

  const code = await runCli(['breaker', 'stripe', '--auto', '--force-open', '--reason', 'x'], io)

  expect(code).toBe(2)
  expect(io.talk()).toContain('Exactly one of --force-open, --force-closed and --auto is needed: 2 are given')
})

test('breaker refuses an order without a reason', async () => {
  const io = capturedIo()

  expect(await runCli(['breaker', 'stripe', '--auto'], io)).toBe(2)
  expect(io.talk()).toContain('--reason')
})

test('breaker refuses a reason that is empty, naming option and value', async () => {
  const io = capturedIo()

  expect(await runCli(['breaker', 'stripe', '--auto', '--reason', ' '], io)).toBe(2)
  expect(io.talk()).toBe("'--reason' must be a text of 1–500 characters: current value is ' '\n")
})
