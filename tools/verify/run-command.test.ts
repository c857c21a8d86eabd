import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

test('runCommand() answers the exit code and both streams', async () => {
  const program = 'console.log("out"); console.error("err"); process.exitCode = 3'

  const { exitCode, output } = await runCommand({ line: [process.execPath, '-e', program] })

  expect(exitCode).toBe(3)
  expect(output.split('\n').toSorted()).toEqual(['', 'err', 'out'])
})

test('runCommand() adds to the environment that it was started with', async () => {
  const program = 'console.log(process.env.COLOUR, process.env.PATH !== undefined)'

  const { output } = await runCommand({ line: [process.execPath, '-e', program], env: { COLOUR: 'blue' } })

  expect(output).toBe('blue true\n')
})

test('runCommand() has exit code 127 when there is no such program', async () => {
  const { exitCode, output } = await runCommand({ line: ['no-such-program-at-all'] })

  expect(exitCode).toBe(127)
  expect(output).toContain('no-such-program-at-all')
})
