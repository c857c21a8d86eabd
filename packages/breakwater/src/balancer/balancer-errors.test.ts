import { expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { isNoEndpointError } from './balancer-errors.ts'
import { balancer } from './balancer.ts'

it('isNoEndpointError() tells the error of a balancer from others', async () => {
  const api = balancer({ endpoints: [] as string[], name: 'users' })
  const error = await api.run((name) => name).catch((thrown: unknown) => thrown)
  const other = await pipeline({ policies: [] })
    .run(() => Promise.reject(Object.assign(new Error('none'), { code: 'NO_ENDPOINT' })))
    .catch((thrown: unknown) => thrown)

  const refusal = new ResilienceError('full', { code: 'BULKHEAD_FULL' })

  expect([error, other, refusal, undefined].map(isNoEndpointError)).toEqual([true, false, false, false])
  expect(error).toMatchObject({ policy: 'users' })
  expect(error).not.toHaveProperty('cause')
})

it('a refusal by a balancer in a pipeline names it, and what its discovery failed with', async () => {
  const dns = new Error('dns')
  const clock = new FakeClock()
  const api = balancer({ discover: () => Promise.reject<string[]>(dns), name: 'users', clock })
  const client = pipeline({ policies: [api], clock })
  const waited = await client.tryRun(() => 1)
  const atOnce = await client.tryRun(() => 1)

  const refusal = {
    rejection: { code: 'NO_ENDPOINT', policy: 'users', retryAfterMs: undefined },
    error: { message: "Balancer 'users' has no endpoint", policy: 'users', cause: dns },
  }
  expect([waited, atOnce]).toMatchObject([refusal, refusal])
  expect(api.stats().counters['noEndpoint']).toBe(2)
  clock.expectIdle()
})
