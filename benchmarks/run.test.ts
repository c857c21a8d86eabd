import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Row } from './harness/row.ts'
import { suitesNamed } from './suites.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, 'run.ts')
const patienceMs = 300_000

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'))
})

afterAll(() => rm(folder, { recursive: true }))

const bench = (...args: string[]): Promise<{ stdout: string }> =>
  run(process.execPath, ['--expose-gc', '--conditions=breakwater-source', program, ...args])

test(
  'run.ts --quick --json gives finite rows of breakwater and of bare in each suite, and says where they are from',
  async () => {
    const file = join(folder, 'rows.json')
    const { stdout } = await bench('--quick', '--json', file)
    const { machine, rows } = JSON.parse(await readFile(file, 'utf8')) as {
      machine: Record<string, unknown>
      rows: Row[]
    }

    const suites = suitesNamed([]).map(({ name }) => name)
    const withRow = (contestant: string): string[] => [
      ...new Set(rows.filter((row) => row.contestant === contestant).map(({ suite }) => suite)),
    ]
    expect(withRow('breakwater')).toEqual(suites)
    expect(withRow('bare')).toEqual(suites)
    expect(rows.filter(({ ns, ratio, bytes }) => ![ns, ratio, bytes].every(Number.isFinite))).toEqual([])
    expect(rows.filter(({ ns, ratio }) => ns <= 0 || ratio <= 0)).toEqual([])
    expect(machine).toMatchObject({ node: process.version, cores: expect.any(Number) as number })
    expect(stdout).toContain('the figures mean nothing')
  },
  patienceMs,
)

test('run.ts refuses a suite that does not exist and names those that do', async () => {
  await expect(bench('--suite', 'speed')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/one of retry, .*current value is 'speed'/) as string,
  })
})

test('run.ts --list names every suite', async () => {
  const { stdout } = await bench('--list')

  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(suitesNamed([]).map(({ name }) => name))
})

test('run.ts --help prints its options', async () => {
  expect((await bench('--help')).stdout).toContain('--suite NAME')
})
