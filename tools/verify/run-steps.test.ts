import { expect, test } from 'vitest'
import { runSteps } from './run-steps.ts'

test('runSteps() prints one line for what holds, and all that a failed step said', async () => {
  const printed: string[] = []
  const results = {
    lint: { exitCode: 1, output: 'a.ts is wrong\n', seconds: '2.0' },
    test: { exitCode: 0, output: 'noise\nskipped: the browser tests\n7 passed, 0 failed\n', seconds: '3.0' },
  }

  const tallies = await runSteps([['lint'], ['test']], {
    run: (step) => Promise.resolve(step === 'lint' ? results.lint : results.test),
    print: (text) => printed.push(text),
  })

  expect(tallies).toEqual([
    { passed: 0, failed: 1 },
    { passed: 7, failed: 0 },
  ])
  expect(printed.toSorted()).toEqual(
    [
      'FAILED lint             2.0 s',
      '  | a.ts is wrong',
      'ok     test             3.0 s  (7 passed, 0 failed)',
      '       skipped: the browser tests',
    ].toSorted(),
  )
})

test('runSteps() goes on in a lane after a step that failed', async () => {
  const started: string[] = []

  await runSteps([['build', 'test']], {
    run: (step) => {
      started.push(step)
      return Promise.resolve({ exitCode: 1, output: '', seconds: '0.0' })
    },
    print: () => undefined,
  })

  expect(started).toEqual(['build', 'test'])
})
