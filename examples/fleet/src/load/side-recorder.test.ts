import { expect, test } from 'vitest'
import { sideRecorder } from './side-recorder.ts'

test('sideRecorder() shows a second when it is over, with its counts and quantiles', () => {
  const now = { at: 10_000 }
  const recorder = sideRecorder('protected', () => now.at)
  recorder.record('full', 10)
  recorder.record('degraded', 20)
  recorder.record('error', 500)
  const during = recorder.view().seconds
  now.at = 11_000

  const [second] = recorder.view().seconds

  expect(during).toEqual([])
  expect(second).toMatchObject({ at: 10_000, requests: 3, full: 1, degraded: 1, errors: 1 })
  expect(second?.p50).toBeCloseTo(20, 0)
  expect(second?.p99).toBe(500)
})

test('sideRecorder() shows a second without an answer with no quantile', () => {
  const now = { at: 10_000 }
  const recorder = sideRecorder('protected', () => now.at)
  now.at = 11_000

  expect(recorder.view().seconds).toEqual([
    { at: 10_000, requests: 0, full: 0, degraded: 0, errors: 0, p50: null, p95: null, p99: null },
  ])
})

test('sideRecorder() keeps the last 300 seconds', () => {
  const now = { at: 0 }
  const recorder = sideRecorder('unprotected', () => now.at)
  for (now.at = 0; now.at <= 305_000; now.at += 1_000) recorder.record('full', 1)

  const { seconds, requests } = recorder.view()

  expect(seconds).toHaveLength(300)
  expect(seconds.at(-1)?.at).toBe(305_000)
  expect(requests).toBe(306)
})

test('sideRecorder() counts a dropped request apart from the answers', () => {
  const recorder = sideRecorder('protected', () => 0)

  recorder.drop()

  expect(recorder.totals()).toMatchObject({ requests: 0, errors: 0, dropped: 1 })
})
